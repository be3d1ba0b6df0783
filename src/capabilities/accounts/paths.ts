export const signInPath = '/sign-in';
export const signInCodePath = '/sign-in/code';
export const signInLinkPath = (token: string): string => `/sign-in/link/${encodeURIComponent(token)}`;
export const signInWithPath = (issuer: string): string => `/sign-in/with/${encodeURIComponent(issuer)}`;
export const signOutPath = '/sign-out';
export const accountPath = '/account';
export const deleteAccountPath = '/account/delete';
export const organisationsPath = '/organisations';
export const organisationPath = (id: string): string => `/organisations/${encodeURIComponent(id)}`;
export const invitationPath = (token: string): string => `/invitations/${encodeURIComponent(token)}`;
export const examplePeoplePath = (token: string): string => `/example-people/${encodeURIComponent(token)}`;
export const adminPath = '/admin';
export const adminPeoplePath = '/admin/people';
export const adminPersonPath = (id: string): string => `/admin/people/${encodeURIComponent(id)}`;
export const adminOrganisationsPath = '/admin/organisations';
export const adminJobsPath = '/admin/jobs';
export const adminMailPath = '/admin/mail';
export const adminAuditPath = '/admin/audit';
export const adminSettingsPath = '/admin/settings';
export const mailboxPath = '/mailbox';
export const acceptPath = (token: string): string => `${invitationPath(token)}/accept`;
export const privacyPath = '/privacy';

/** The pattern of an address with one parameter, for the route table. */
export const pattern = (path: (value: string) => string, name: string): string => path('x').replace(/x$/, `:${name}`);
export const signInReturnPath = (issuer: string): string => `${signInWithPath(issuer)}/return`;
export const addressPath = '/account/address';

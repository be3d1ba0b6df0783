export const practicePath = '/practice';
export const themePath = (theme: string): string => `/practice/themes/${encodeURIComponent(theme)}`;
export const themePdfPath = (theme: string): string => `/practice/theme-files/${encodeURIComponent(theme)}.pdf`;
export const examplePath = (id: string): string => `/practice/examples/${id}`;
export const sharePath = '/practice/share';
export const draftPath = (token: string): string => `/practice/share/${encodeURIComponent(token)}`;
export const draftStepPath = (token: string, step: string): string => `${draftPath(token)}/${step}`;
export const draftFilePath = (token: string, file: string): string => `${draftPath(token)}/files/${file}`;
/** What a mail leads to: its secret is in no other place. */
export const confirmPath = (secret: string): string => `/practice/confirm/${encodeURIComponent(secret)}`;
export const confirmFilePath = (secret: string, file: string): string => `${confirmPath(secret)}/files/${file}`;
export const exampleFilePath = (id: string, file: string): string => `${examplePath(id)}/files/${file}`;
export const queuePath = '/practice/queue';
export const decidePath = (id: string): string => `/practice/queue/${id}`;
/** Where a moderator takes out what a provider says of an example, or puts it back. */
export const saidPath = (id: string): string => `/practice/said/${id}`;
export const decideFilePath = (id: string, file: string): string => `${decidePath(id)}/files/${file}`;
export const feedPath = '/practice/updates.atom';
export const subscribePath = '/practice/subscribe';
export const collectionsPath = '/practice/collections';
export const newCollectionPath = '/practice/new-collection';
export const collectionPath = (slug: string): string => `/practice/collections/${encodeURIComponent(slug)}`;
export const collectionPdfPath = (slug: string): string => `/practice/collection-files/${encodeURIComponent(slug)}.pdf`;
export const editCollectionPath = (slug: string): string => `${collectionPath(slug)}/edit`;
export const usefulnessPath = '/practice/usefulness';
export const statementsPath = '/statements';
export const newStatementPath = '/statements/new';

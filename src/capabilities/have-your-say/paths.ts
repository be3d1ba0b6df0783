export const hubPath = '/have-your-say';
export const askPath = '/have-your-say/ask';
export const wantedPath = '/have-your-say/wanted';
export const wantedOnePath = (id: string): string => `${wantedPath}/${id}`;
export const answersPath = '/have-your-say/answers';
export const inboxPath = '/have-your-say/inbox';
export const inboxOnePath = (id: string): string => `${inboxPath}/${id}`;

/** Where what a provider answers to a wanted question is read and decided on. */
export const replyPath = (id: string): string => `${inboxPath}/replies/${id}`;

/** All rounds, for those who make them. */
export const roundsDeskPath = '/have-your-say/desk';
/** The rounds whose answers are to be read, for those who moderate and code them. */
export const readingDeskPath = '/have-your-say/reading';
export const roundPath = (slug: string): string => `/have-your-say/${slug}`;
export const beginAnswerPath = (slug: string): string => `${roundPath(slug)}/answer`;
export const writtenPath = (slug: string, token: string): string => `${beginAnswerPath(slug)}/${token}`;
export const writtenStepPath = (slug: string, token: string, step: string): string =>
  `${writtenPath(slug, token)}/${step}`;
export const confirmAnswerPath = (slug: string, token: string): string => `${roundPath(slug)}/confirm/${token}`;
export const resultsPath = (slug: string): string => `${roundPath(slug)}/results`;
export const publicAnswerPath = (slug: string, answer: string): string => `${resultsPath(slug)}/answers/${answer}`;
export const editRoundPath = (slug: string): string => `${roundPath(slug)}/edit`;
export const readRoundPath = (slug: string): string => `${roundPath(slug)}/read`;
export const readAnswerPath = (slug: string, answer: string): string => `${readRoundPath(slug)}/answers/${answer}`;

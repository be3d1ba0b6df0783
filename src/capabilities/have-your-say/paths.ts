export const hubPath = '/have-your-say';
export const askPath = '/have-your-say/ask';
export const wantedPath = '/have-your-say/wanted';
export const wantedOnePath = (id: string): string => `${wantedPath}/${id}`;
export const answersPath = '/have-your-say/answers';
export const inboxPath = '/have-your-say/inbox';
export const inboxOnePath = (id: string): string => `${inboxPath}/${id}`;

export const guidancePath = '/guidance';
export const guidePagePath = (id: string): string => `/guidance/${encodeURIComponent(id)}`;
export const historyPath = (id: string): string => `${guidePagePath(id)}/history`;
export const versionPath = (id: string, number: number): string => `${guidePagePath(id)}/versions/${number}`;
export const changesPath = (id: string, from: number, to: number): string =>
  `${guidePagePath(id)}/changes/${from}..${to}`;
export const editPath = (id: string): string => `${guidePagePath(id)}/edit`;
export const wholeGuidePath = '/guidance/whole';
export const updatesPath = '/guidance/updates';
export const feedPath = '/guidance/updates.atom';
export const subscribePath = '/guidance/subscribe';
export const subscriptionPath = (token: string): string => `/subscriptions/${encodeURIComponent(token)}`;
export const unsubscribePath = (token: string): string => `${subscriptionPath(token)}/unsubscribe`;

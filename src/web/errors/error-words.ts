/** What an error page says: what happened, what became of what the reader sent, and what to do. */
export type ErrorWords = { readonly title: string; readonly happened: string; readonly todo: string };

const words: Readonly<Record<number, ErrorWords>> = {
  400: {
    title: 'The request could not be read',
    happened: 'What the browser sent is not what this page takes, so nothing was done.',
    todo: 'Go back, check what you entered and send it again.',
  },
  403: {
    title: 'You may not open this page',
    happened: 'This page is for people with another role, so nothing was shown or changed.',
    todo: 'Go to the start page and look for what you need from there.',
  },
  404: {
    title: 'Page not found',
    happened: 'There is no page at this address.',
    todo: 'If you typed the address, check that it is right. If you followed a link, start from the pages below.',
  },
  409: {
    title: 'Somebody changed this first',
    happened: 'It was changed after you opened it, so your change was not applied over theirs.',
    todo: 'Go back, load the page again and repeat what is still needed.',
  },
  413: {
    title: 'That is too large',
    happened: 'What was sent is larger than this page takes, so nothing was read.',
    todo: 'Send smaller files, or fewer at a time: the form says how much it takes. A larger qualification can be checked at the command line: htq check.',
  },
  429: {
    title: 'Too many requests',
    happened: 'Many requests came from your network within a minute, so this one was not worked on.',
    todo: 'Wait a minute, then send it again. What you entered is still in the form when you go back.',
  },
  500: {
    title: 'Something went wrong here',
    happened: 'The fault is ours. What had been saved before is safe; this last step was not done.',
    todo: 'Try again in a while. If it happens again, tell whoever runs this instance what you were doing and when.',
  },
  503: {
    title: 'Too busy just now',
    happened: 'As much is being worked out as this server can take at once, so this was not started.',
    todo: 'Wait half a minute, then send it again. What you entered is still in the form when you go back.',
  },
};

const other: ErrorWords = {
  title: 'This did not work',
  happened: 'The request could not be carried out, and nothing was changed.',
  todo: 'Go back and try again, or start from the pages below.',
};

export const errorWords = (status: number): ErrorWords =>
  words[status] ?? (status >= 500 ? (words[500] ?? other) : other);

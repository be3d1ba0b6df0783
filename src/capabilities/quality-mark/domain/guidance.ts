import type { Guideline, MarkRules } from './mark-rules.ts';

export type Advice = { readonly do: string; readonly dont: string; readonly why: string };

/** A part as people say it: a quarter of the height. */
const partWords = (part: number): string => {
  const known: Readonly<Record<string, string>> = { '0.25': 'a quarter', '0.5': 'half', '1': 'the whole', '0': 'none' };
  return known[String(part)] ?? `${Math.round(part * 100)}%`;
};

/** What to do and what not, made of the rules that hold: where a rule changes, so does the sheet. */
export const adviceOf = (rules: MarkRules, guideline: Guideline): readonly Advice[] => [
  {
    do: 'Put the mark beside the title of the qualification that it is for, and name the occupation.',
    dont: 'Do not put it beside your college’s name, or over a list of courses of which some have no approval.',
    why: 'It holds for one qualification and the occupations that it is approved for, and for nothing else.',
  },
  {
    do: 'Before the first teach date, say that date with the mark, in words.',
    dont: 'Do not leave readers to believe that it begins sooner.',
    why: rules.firstTeach.rule,
  },
  {
    do: 'Leave the title as the awarding organisation gave it.',
    dont: `Do not write “${rules.title.words.find((one) => one.length < 5) ?? 'HTQ'}” or “${rules.title.words[0] ?? ''}” into the title. ${rules.title.listing.rule}`,
    why: rules.title.rule,
  },
  {
    do: `Keep ${partWords(guideline.clearSpace)} of the mark’s height clear on each side. The files have that space in them: do not cut it off.`,
    dont: 'Do not put words, pictures or other marks into that space.',
    why: 'A mark that touches its neighbours is read as part of them.',
  },
  {
    do: `Show it at least ${guideline.minimumWidthPixels} pixels wide on a screen and ${guideline.minimumWidthMillimetres} mm in print, its clear space not counted.`,
    dont: 'Do not make it smaller: use words alone where there is no room.',
    why: 'Below that its words cannot be read.',
  },
  {
    do: `Choose the file for the background: ${guideline.schemes.map((one) => `${one.title.toLowerCase()} ${one.use}`).join('; ')}.`,
    dont: 'Do not recolour, stretch, turn or redraw it, and put no shadow or outline on it.',
    why: 'In each file the contrast of the words with their ground was tested; in what you change it was not.',
  },
  {
    do: 'Give it the text for people who do not see it that comes with the files.',
    dont: 'Do not leave that text empty, and do not write “logo” or “image”.',
    why: 'The mark says something that people choose by, so everyone has to get it.',
  },
  {
    do: 'On web pages, use the picture that this site serves: it turns by itself when the approval does.',
    dont: 'Do not copy it to your own server, unless someone has a date on which to look after it.',
    why: 'A downloaded picture cannot change. When the approval is withdrawn, it has to come down by hand.',
  },
];

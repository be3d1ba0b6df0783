import { dayWords } from '#kernel/london-time.ts';
import { isGenuine, type Verdict } from './domain/verdict.ts';

/** What goes before the rows: what nobody is known to have signed is claimed, and no fact. */
export const factsHeading = (verdict: Verdict): string =>
  verdict.kind === 'unreadable' ? '' : isGenuine(verdict) ? 'It says' : 'It claims, and nothing vouches for it';

/** What a credential says, in rows: shown by page and command whatever the verdict. */
export const verdictFacts = (verdict: Verdict): readonly { readonly key: string; readonly value: string }[] => {
  if (verdict.kind === 'unreadable') return [];
  const { said } = verdict;
  const row = (key: string, value: string | null) => (value === null ? [] : [{ key, value }]);
  return [
    ...row('Qualification', said.qualification),
    ...row('Occupation', said.occupation),
    ...row('Provider', said.provider),
    ...row('First teaching', said.firstTeach === null ? null : dayWords(said.firstTeach)),
    ...row('Issued', said.issuedAt === null ? null : dayWords(said.issuedAt)),
    ...(verdict.kind === 'ended' && verdict.on !== null ? row('Ended', dayWords(verdict.on)) : []),
    ...row(
      isGenuine(verdict) ? 'Signed by' : 'Names as its issuer',
      said.issuerName === null ? said.issuer : `${said.issuerName} (${said.issuer})`,
    ),
  ];
};

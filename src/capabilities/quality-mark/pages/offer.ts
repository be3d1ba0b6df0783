import type { Person } from '#kernel/actor.ts';
import { isAllowed, NotAllowed } from '#kernel/permission.ts';
import { slugOf } from '#kernel/slug.ts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { day, longDay } from '#web/words.ts';
import { leastWidth, pictureWidths } from '../domain/draw-mark.ts';
import { mainScheme } from '../domain/mark-rules.ts';
import { altText, hindranceWords, sentenceWithMark } from '../domain/mark-words.ts';
import { emailSignature, htmlSnippet } from '../domain/snippets.ts';
import { assetsPath, credentialPath, liveMarkPath, markPath, offerPath, verifyPath } from '../paths.ts';
import { administerMark, speaksFor, useMark } from '../policy.ts';
import { acceptanceNow, acceptTerms, organisationOf } from '../use-cases/accept-terms.ts';
import { type ArtworkNow, artworkNow } from '../use-cases/artwork.ts';
import { assetSet, bakedCredential, snippetParts } from '../use-cases/asset-set.ts';
import { signerThatIs } from '../use-cases/keys.ts';
import { drawScheme, liveMark, type MarkToday, markAsPng, markToday } from '../use-cases/mark-picture.ts';
import { issuedOn } from '../use-cases/read-credential.ts';
import { copyWords, findOffer, registerKind } from '../use-cases/register-facts.ts';
import { rulesToday, today } from '../use-cases/rules.ts';
import { openToAll, type Picture, pictureOf, svgAnswer } from './picture.ts';

type Row = { readonly key: string; readonly value: string };
type MarkModel = {
  readonly occupation: { readonly reference: string; readonly title: string };
  readonly verdict: string;
  readonly hindrances: readonly { readonly why: string; readonly mend: string }[];
  readonly picture: Picture;
  readonly sentence: string;
  readonly facts: readonly Row[];
  readonly files: {
    readonly zip: string;
    readonly sizes: string;
    readonly snippet: string;
    readonly signature: string;
  } | null;
  readonly credential: Readonly<Record<'issued' | 'svg' | 'png' | 'json', string>> | null;
};
type Typed = { readonly name: string; readonly role: string; readonly agree: boolean };
type Model = {
  readonly problems: readonly FormProblem[];
  readonly doneWords: string;
  /** Of what the register is a copy; empty: it is the source. */
  readonly copyWords: string;
  readonly provider: string;
  readonly title: string;
  readonly marks: readonly MarkModel[];
  readonly verifyHref: string;
  readonly noCredential: string;
  readonly acceptance: string;
  readonly terms: {
    readonly version: string;
    readonly from: string;
    readonly points: readonly string[];
    readonly source: string;
  };
  readonly form: (Typed & { readonly action: string }) | null;
  readonly whoAccepts: string;
};

const offerView = view<Model>('capabilities/quality-mark/pages/offer/page.njk');

const verdictOf = (ctx: Context, { facts, entitlement }: MarkToday): string => {
  const { provider, qualification, occupation } = facts;
  const on = longDay(ctx.clock());
  if (entitlement.kind === 'not-entitled')
    return `Today, ${on}, ${provider.name} may not use the quality mark for ${qualification.title} and the occupation ${occupation.title}.`;
  const words =
    entitlement.wording.kind === 'taught'
      ? ''
      : `, and says with it that first teaching is on ${day(entitlement.firstTeach)}`;
  return `Today, ${on}, ${provider.name} may use the quality mark for ${qualification.title} and the occupation ${occupation.title}${words}.`;
};

const factRows = ({ facts }: MarkToday): readonly Row[] => {
  const { approval, withdrawal, offer, qualification } = facts;
  return [
    {
      key: 'Qualification',
      value: `${qualification.number}, Level ${qualification.level}, ${qualification.awardingOrganisation}`,
    },
    ...(approval ? [{ key: 'Approved', value: `${day(approval.approvedOn)}, cycle ${approval.cycle}` }] : []),
    ...(withdrawal ? [{ key: 'Withdrawn', value: `${day(withdrawal.on)}. ${withdrawal.reason}` }] : []),
    ...(approval ? [{ key: 'First teach of the cycle', value: day(approval.firstTeach) }] : []),
    ...(offer
      ? [
          { key: 'Delivered at', value: offer.site },
          { key: 'First teaching here', value: day(offer.firstTeach) },
          {
            key: 'Confirmed',
            value: offer.confirmedOn
              ? `${day(offer.confirmedOn)}, by ${offer.confirmedBy ?? 'the awarding organisation'}`
              : 'Not yet',
          },
        ]
      : []),
  ];
};

const markModel = async (ctx: Context, mark: MarkToday, artwork: ArtworkNow, isMember: boolean): Promise<MarkModel> => {
  const { reference } = mark.facts.occupation;
  const alt = altText(mark.facts, mark.state, artwork.isPlaceholder);
  const issued = mark.entitlement.kind === 'entitled' ? await issuedOn(ctx, mark.offer.id, reference) : null;
  const parts = snippetParts(ctx, mark, artwork);
  const drawn = drawScheme(artwork, mainScheme, mark.state, alt);
  return {
    occupation: mark.facts.occupation,
    verdict: verdictOf(ctx, mark),
    hindrances: mark.entitlement.kind === 'not-entitled' ? mark.entitlement.hindrances.map(hindranceWords) : [],
    picture: pictureOf(liveMarkPath(mark.offer.id, reference), alt, drawn),
    sentence: sentenceWithMark(mark.facts, mark.state),
    facts: factRows(mark),
    files:
      isMember && drawn && mark.entitlement.kind === 'entitled'
        ? {
            zip: assetsPath(mark.offer.id, reference),
            sizes: pictureWidths(artwork.guideline, drawn).join(', '),
            snippet: htmlSnippet(parts),
            signature: emailSignature(parts),
          }
        : null,
    credential:
      issued === null
        ? null
        : {
            issued: day(issued),
            svg: credentialPath(mark.offer.id, reference, 'svg'),
            png: credentialPath(mark.offer.id, reference, 'png'),
            json: credentialPath(mark.offer.id, reference, 'json'),
          },
  };
};

const noCredentialWords = async (ctx: Context, marks: readonly MarkToday[]): Promise<string> => {
  const kind = await registerKind(ctx);
  if (kind.kind === 'copy') return 'Only the source of the register signs credentials.';
  if (ctx.signingSecret === undefined)
    return 'This site has no secret to sign with (HTQ_SIGNING_SECRET), so it issues no credentials.';
  if ((await signerThatIs(ctx)) === 'other-secret')
    return 'This site’s key was sealed under another secret (HTQ_SIGNING_SECRET), so it issues no credentials until its administrators make a new key.';
  return marks.some((one) => one.entitlement.kind === 'entitled')
    ? 'The credential is being made. It is here within a minute.'
    : 'There is a credential only while the mark may be used.';
};

const whoOf = async (ctx: Context, ukprn: string): Promise<{ person: Person | null; organisation: string | null }> => {
  const person = ctx.actor.kind === 'person' ? ctx.actor : null;
  return { person, organisation: person ? await organisationOf(ctx, person, ukprn) : null };
};

const showOffer = async (
  ctx: Context,
  id: string,
  more: { readonly problems?: readonly FormProblem[]; readonly typed?: Typed; readonly done?: string } = {},
): Promise<Answer> => {
  const offer = await findOffer(ctx, id, today(ctx));
  if (!offer) throw notFound('There is no such offer in the register.');
  const artwork = await artworkNow(ctx);
  const { person, organisation } = await whoOf(ctx, offer.ukprn);
  const isMember = organisation !== null;
  const seesNames = isMember || isAllowed(ctx.actor, administerMark);
  const all: MarkToday[] = [];
  for (const one of offer.occupations) {
    const mark = await markToday(ctx, id, one.reference);
    if (mark) all.push(mark);
  }
  const marks: MarkModel[] = [];
  for (const mark of all) marks.push(await markModel(ctx, mark, artwork, isMember));
  const { terms } = rulesToday(ctx);
  const accepted = await acceptanceNow(ctx, offer.ukprn);
  const mayAccept = person !== null && organisation !== null && speaksFor(person, organisation);
  const problems = more.problems ?? [];
  const typed = more.typed ?? { name: person?.name ?? '', role: '', agree: false };
  return page(
    offerView,
    {
      problems,
      doneWords: more.done === 'accepted' ? 'The terms are accepted. What the mark entitles to is below.' : '',
      copyWords: await copyWords(ctx),
      provider: offer.provider,
      title: offer.qualification.title,
      marks,
      verifyHref: verifyPath,
      noCredential: await noCredentialWords(ctx, all),
      acceptance: !accepted
        ? ''
        : seesNames
          ? `Accepted for ${offer.provider} by ${accepted.name}${accepted.role === '' ? '' : `, ${accepted.role}`}, on ${longDay(accepted.acceptedAt)}.`
          : `Accepted for ${offer.provider} on ${longDay(accepted.acceptedAt)}.`,
      terms: { version: terms.version, from: day(terms.from), points: terms.points, source: terms.source },
      form: accepted === null && mayAccept ? { ...typed, action: `${offerPath(id)}/accept` } : null,
      whoAccepts: `Nobody has accepted these terms for ${offer.provider} yet. Its leads on this site can, when they are signed in.`,
    },
    {
      title: `Quality mark: ${offer.qualification.title}, ${offer.provider}`,
      crumbs: [
        { text: 'Start', href: '/' },
        { text: 'Quality mark', href: markPath },
      ],
      description: `Whether ${offer.provider} may use the quality mark for ${offer.qualification.title} today.`,
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );
};

const accept: Route['handle'] = async (request, ctx) => {
  const { person } = await whoOf(ctx, '');
  if (!person) throw new NotAllowed(useMark);
  const id = request.params.offer ?? '';
  const offer = await findOffer(ctx, id, today(ctx));
  if (!offer) throw notFound('There is no such offer in the register.');
  const { fields } = await request.form();
  const text = (name: string): string => (fields.get(name) ?? '').trim().slice(0, 200);
  const typed = { name: text('name'), role: text('role'), agree: fields.get('agree') === 'yes' };
  const problems: FormProblem[] = [
    ...(typed.name === '' ? [{ field: 'name', text: 'Enter your name' }] : []),
    ...(typed.role === '' ? [{ field: 'role', text: 'Say what you are at the provider' }] : []),
    ...(typed.agree ? [] : [{ field: 'agree', text: 'Say that you accept the terms for the provider' }]),
  ];
  if (problems.length > 0) return showOffer(ctx, id, { problems, typed });
  const accepted = await acceptTerms(ctx, person, {
    ukprn: offer.ukprn,
    terms: text('terms'),
    name: typed.name,
    role: typed.role,
  });
  if (accepted.kind === 'refused') {
    if (accepted.refusal === 'not-a-lead') throw new NotAllowed({ ...useMark, who: `leads of ${offer.provider}` });
    return showOffer(ctx, id, {
      problems: [
        {
          field: 'agree',
          text: 'The terms have changed since you opened this page. Read them again, then accept them',
        },
      ],
      typed: { ...typed, agree: false },
    });
  }
  return redirect(`${offerPath(id)}?done=accepted`);
};

/** Pixels across of the picture in mails: twice what they show, for fine screens. */
const mailWidth = 640;

const file: Route['handle'] = async (request, ctx) => {
  const { offer = '', occupation = '', file: name = '' } = request.params;
  const [, scheme, ending] = /^mark-([a-z]+)\.(svg|png)$/.exec(name) ?? [];
  if (scheme !== undefined) {
    const drawn = await liveMark(ctx, offer, occupation, scheme);
    if (!drawn) throw notFound('There is no such mark.');
    if (ending === 'svg') return svgAnswer(name, drawn);
    const { guideline } = await artworkNow(ctx);
    const body = await markAsPng(drawn, Math.max(mailWidth, leastWidth(guideline, drawn)));
    return { kind: 'file', name, type: 'image/png', body, inline: true, headers: openToAll };
  }
  const form = (['json', 'svg', 'png'] as const).find((one) => name === `credential.${one}`);
  const baked = form ? await bakedCredential(ctx, offer, occupation, form) : null;
  if (!form || !baked) throw notFound('There is no such file. A credential is there only while the mark may be used.');
  const types = { json: 'application/vc', svg: 'image/svg+xml', png: 'image/png' };
  return { kind: 'file', name: `htq-credential.${form}`, type: types[form], body: baked, headers: openToAll };
};

const zip: Route['handle'] = async (request, ctx) => {
  const { offer = '', occupation = '' } = request.params;
  const seen = await findOffer(ctx, offer, today(ctx));
  if (!seen) throw notFound('There is no such offer in the register.');
  const { organisation } = await whoOf(ctx, seen.ukprn);
  if (organisation === null) throw new NotAllowed({ ...useMark, who: `people who belong to ${seen.provider}` });
  const body = await assetSet(ctx, offer, occupation);
  if (!body) throw notFound('The mark may not be used here today: the page of the offer says why.');
  return {
    kind: 'file',
    name: `quality-mark-${slugOf(offer)}-${slugOf(occupation)}.zip`,
    type: 'application/zip',
    body,
  };
};

export const offerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/mark/offers/:offer',
    access: 'anyone',
    audit: 'quality-mark.offer',
    handle: (request, ctx) => showOffer(ctx, request.params.offer ?? '', { done: request.query.get('done') ?? '' }),
  },
  {
    method: 'POST',
    path: '/mark/offers/:offer/accept',
    access: useMark,
    audit: 'quality-mark.accept-terms',
    handle: accept,
  },
  {
    method: 'GET',
    path: '/mark/offers/:offer/:occupation/mark.zip',
    access: useMark,
    audit: 'quality-mark.assets',
    perMinute: 20,
    handle: zip,
  },
  {
    method: 'GET',
    path: '/mark/offers/:offer/:occupation/:file',
    access: 'anyone',
    audit: 'quality-mark.file',
    perMinute: 600,
    handle: file,
  },
];

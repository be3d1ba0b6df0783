import { randomUUID } from 'node:crypto';
import { findOrganisations } from '#cap/accounts';
import type { Context } from '#platform/context.ts';
import { type Answer, page, redirect, view } from '#web/answer.ts';
import { notFound } from '#web/errors/web-problem.ts';
import { formId } from '#web/form-id.ts';
import type { FormProblem } from '#web/form-problem.ts';
import type { Route } from '#web/route.ts';
import { readDay } from '../../domain/typed.ts';
import { employerPath, employersPath, sharePath } from '../../paths.ts';
import { keepEmployers, mayKeep } from '../../policy.ts';
import { employersOf, keepingFor, type OpenedEmployer } from '../../use-cases/keep-employers.ts';
import { agreeToSharing, offerSharing, stopSharing } from '../../use-cases/share-employers.ts';
import { employerCrumbs, ownEmployerAsked, personOf, todayOf } from '../opened.ts';

type Typed = { readonly with: string; readonly receiver: string; readonly agreed: string };
type Model = {
  readonly problems: readonly FormProblem[];
  readonly name: string;
  readonly typed: Typed;
  readonly found: readonly {
    readonly id: string;
    readonly value: string;
    readonly text: string;
    readonly chosen: boolean;
  }[];
  readonly id: string;
  readonly action: string;
  readonly backHref: string;
};
const shareView = view<Model>('capabilities/employers/pages/sharing/page.njk');

/** Organisations offered to choose from; more are told apart by more words. */
const mostFound = 10;

const show = (
  opened: OpenedEmployer,
  id: string,
  typed: Typed = { with: '', receiver: '', agreed: '' },
  problems: readonly FormProblem[] = [],
  found: readonly { readonly id: string; readonly name: string; readonly town: string | null }[] = [],
): Answer =>
  page(
    shareView,
    {
      problems,
      name: opened.employer.name,
      typed,
      found: found.map((one, at) => ({
        id: at === 0 ? 'receiver' : `receiver-${at + 1}`,
        value: one.id,
        text: [one.name, one.town ?? ''].filter((word) => word !== '').join(', '),
        chosen: one.id === typed.receiver,
      })),
      id,
      action: sharePath(opened.employer.id),
      backHref: employerPath(opened.employer.id),
    },
    {
      title: `Share ${opened.employer.name}`,
      crumbs: employerCrumbs(opened),
      faulty: problems.length > 0,
      status: problems.length > 0 ? 422 : 200,
    },
  );

/** The organisations that the words mean: providers and awarding organisations, not the one that keeps the record. */
const organisationsMeant = async (ctx: Context, words: string, own: string) => {
  const { found, more } = await findOrganisations(ctx, words, mostFound);
  const able = found.filter((one) => mayKeep(one.kind) && one.id !== own);
  // A whole name means the one, however many names it is a part of.
  const whole = able.filter((one) => one.name.toLowerCase() === words.toLowerCase() || one.ukprn === words);
  return { found: whole.length === 1 ? whole : able, more };
};

export const sharingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/employers/:employer/share',
    access: keepEmployers,
    audit: 'employers.share-form',
    handle: async (request, ctx) => show(await ownEmployerAsked(request, ctx), randomUUID()),
  },
  {
    method: 'POST',
    path: '/employers/:employer/share',
    access: keepEmployers,
    audit: 'employers.share',
    perMinute: 30,
    handle: async (request, ctx) => {
      const opened = await ownEmployerAsked(request, ctx);
      const { fields } = await request.form();
      const word = (name: string) => (fields.get(name) ?? '').trim().slice(0, 200);
      const typed: Typed = { with: word('with'), receiver: word('receiver'), agreed: word('agreed') };
      const id = formId(fields);
      const problems: FormProblem[] = [];
      const agreed = readDay(typed.agreed);
      if (agreed === null || agreed > todayOf(ctx))
        problems.push({
          field: 'agreed',
          text: 'Enter the day on which the employer agreed, such as 2026-11-30. Without its agreement nothing is shared',
        });
      const { found, more } =
        typed.with === ''
          ? { found: [], more: false }
          : await organisationsMeant(ctx, typed.with, opened.employer.organisation);
      const chosen = found.length === 1 ? found[0] : found.find((one) => one.id === typed.receiver);
      if (typed.with === '')
        problems.unshift({ field: 'with', text: 'Enter the name or the UKPRN of the other organisation' });
      else if (found.length === 0)
        problems.unshift({ field: 'with', text: 'No other provider or awarding organisation here is called so' });
      else if (!chosen)
        problems.unshift({
          field: 'receiver',
          text: more ? 'Choose which you mean, or enter more of the name' : 'Choose which organisation you mean',
        });
      const choices = found.length > 1 ? found : [];
      if (problems.length > 0 || !chosen || agreed === null) return show(opened, id, typed, problems, choices);
      const done = await offerSharing(ctx, opened.employer.id, id, chosen.id, agreed);
      if (done.kind === 'refused') {
        if (done.refusal === 'unknown') throw notFound('There is no such employer.');
        return show(opened, id, typed, [
          { field: 'with', text: `It is shared with ${chosen.name}, or offered to them, already` },
        ]);
      }
      return redirect(`${employerPath(opened.employer.id)}?done=offered`);
    },
  },
  {
    method: 'POST',
    path: '/employers/sharing/:sharing/accept',
    access: keepEmployers,
    audit: 'employers.accept-sharing',
    handle: async (request, ctx) => {
      const done = await agreeToSharing(ctx, request.params.sharing ?? '');
      if (done.kind === 'refused') throw notFound('There is no such offer any more.');
      return redirect(`${employerPath(done.value.employer)}?done=accepted`);
    },
  },
  {
    method: 'POST',
    path: '/employers/sharing/:sharing/end',
    access: keepEmployers,
    audit: 'employers.end-sharing',
    handle: async (request, ctx) => {
      const done = await stopSharing(ctx, request.params.sharing ?? '');
      if (done.kind === 'refused') throw notFound('It is not shared any more.');
      const { giver, receiver, employer } = done.value;
      const mine = keepingFor(personOf(ctx)).map((one) => one.organisation);
      const kept = mine.includes(giver) && (await employersOf(ctx, giver)).some((one) => one.id === employer);
      return redirect(
        kept
          ? `${employerPath(employer)}?done=sharing-ended`
          : `${employersPath}?organisation=${receiver}&done=sharing-ended`,
      );
    },
  },
];

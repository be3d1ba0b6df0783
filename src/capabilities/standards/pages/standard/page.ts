import { page, redirect, view } from '#web/answer.ts';
import type { PageRequest, Route } from '#web/route.ts';
import { standardPath, standardRecordPath, standardsPath, standardVersionPath } from '../../paths.ts';
import { openRecord, openStandard } from '../../use-cases/open-standard.ts';
import { showMissing } from '../missing/page.ts';
import { type StandardModel, standardModel } from './model.ts';

const standardView = view<StandardModel>('capabilities/standards/pages/standard/page.njk');

/** What the address names. `exact` is false where it stands in another spelling: `st0127`. */
type Place = { readonly reference: string; readonly version: string | null; readonly exact: boolean };

/** Characters that no stored text can hold or that say nothing; whatever is left is looked up as it is. */
const clean = (text: string): string => text.replaceAll(/\p{Cc}/gu, '').trim();

const placeOf = (request: PageRequest): Place => {
  const given = request.params.reference ?? '';
  const reference = clean(given).toUpperCase();
  const givenVersion = request.params.version;
  const version = givenVersion === undefined ? null : clean(givenVersion);
  return { reference, version, exact: given === reference && givenVersion === (version ?? undefined) };
};

export const showStandard: Route['handle'] = async (request, ctx) => {
  const { reference, version, exact } = placeOf(request);
  const opened = await openStandard(ctx, reference, version);
  if (opened.kind === 'refused') return showMissing(opened.refusal, version);
  if (!exact) return redirect(version === null ? standardPath(reference) : standardVersionPath(reference, version));
  const model = standardModel(opened.value, version !== null);
  return page(standardView, model, {
    title: `${model.title}, ${reference} version ${model.version}`,
    crumbs: [
      { text: 'Start', href: '/' },
      { text: 'Occupational standards', href: standardsPath() },
      ...(version === null ? [] : [{ text: reference, href: standardPath(reference) }]),
    ],
    wide: true,
  });
};

/** The record as it is stored: as it was given, less the keys that name people. */
export const downloadRecord: Route['handle'] = async (request, ctx) => {
  const { reference, version, exact } = placeOf(request);
  const found = await openRecord(ctx, reference, version ?? '');
  if (found.kind === 'refused') return showMissing(found.refusal, version);
  if (!exact) return redirect(standardRecordPath(reference, version ?? ''));
  return {
    kind: 'file',
    name: `${reference}-${version ?? ''}.json`.replaceAll(/[^\w.-]/g, '_'),
    type: 'application/json; charset=utf-8',
    body: found.value,
  };
};

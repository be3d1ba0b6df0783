import { randomUUID } from 'node:crypto';
import type { OrganisationKind, Person, Standing } from '#kernel/actor.ts';
import { demand } from '#kernel/permission.ts';
import { ok, type Result, refused } from '#kernel/result.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail/outbox.ts';
import { readUkprn } from '../domain/ukprn.ts';
import { organisationPath } from '../paths.ts';
import { administer, leadOrganisation } from '../policy.ts';
import { addJoinRequest, decideJoinRequest, lockJoinRequest } from '../store/join-requests.ts';
import {
  addMember,
  addOrganisation,
  findOrganisation,
  findOrganisationByUkprn,
  lockMembers,
  membersOf,
  removeMember,
  setStanding,
} from '../store/organisations.ts';
import { findPerson, lockHoldersOf } from '../store/people.ts';

export type NewOrganisation = {
  readonly kind: OrganisationKind;
  readonly name: string;
  /** As typed; providers alone have one. */
  readonly ukprn: string;
};

export type OrganisationRefusal = 'name-missing' | 'ukprn-missing' | 'ukprn-wrong' | 'ukprn-taken';

/** Adds an organisation by hand. */
export const makeOrganisation = (
  ctx: Context,
  { kind, name, ukprn }: NewOrganisation,
): Promise<Result<string, readonly OrganisationRefusal[]>> => {
  demand(ctx.actor, administer);
  return ctx.transaction(async (inside) => {
    const number = kind === 'provider' ? readUkprn(ukprn) : null;
    const problems: OrganisationRefusal[] = [];
    if (name.trim() === '') problems.push('name-missing');
    if (kind === 'provider' && ukprn.trim() === '') problems.push('ukprn-missing');
    else if (kind === 'provider' && number === null) problems.push('ukprn-wrong');
    else if (number !== null && (await findOrganisationByUkprn(inside, number))) problems.push('ukprn-taken');
    if (problems.length > 0) return refused(problems);
    const id = await addOrganisation(inside, {
      kind,
      name: name.trim(),
      ukprn: number,
      providerType: null,
      region: null,
      town: null,
      postcode: null,
      fictional: false,
      source: 'added by an administrator',
    });
    await recordAct(inside, {
      name: 'accounts.organisation-made',
      subject: { kind: 'organisation', id },
      after: { kind, name: name.trim(), ukprn: number },
    });
    return ok(id);
  });
};

export type AskRefusal = 'unknown' | 'member-already' | 'asked-already';

/** Asks to join; the organisation's leads are told, or the administrators where it has none. */
export const askToJoin = (
  ctx: Context,
  person: Person,
  organisation: string,
  words: string,
): Promise<Result<void, AskRefusal>> =>
  ctx.transaction(async (inside) => {
    const found = await findOrganisation(inside, organisation);
    if (!found) return refused('unknown');
    const members = await membersOf(inside, organisation);
    if (members.some((one) => one.person === person.id)) return refused('member-already');
    const id = randomUUID();
    if (!(await addJoinRequest(inside, id, person.id, organisation, words))) return refused('asked-already');
    await recordAct(inside, {
      name: 'accounts.join-asked',
      subject: { kind: 'organisation', id: organisation },
      after: { request: id },
      personal: words === '' ? {} : { words: { value: words, person: person.id } },
    });
    const leads = members.filter((one) => one.standing === 'lead').map((one) => one.person);
    const asker = await findPerson(inside, person.id);
    for (const to of leads.length > 0 ? leads : await lockHoldersOf(inside, 'administrator')) {
      const reader = await findPerson(inside, to);
      if (!reader?.address) continue;
      await sendMail(inside, {
        name: 'accounts.join-asked',
        to: { address: reader.address, name: reader.name },
        person: reader.id,
        subject: `${person.name || 'Someone'} asks to join ${found.name}`,
        body: [
          {
            kind: 'text',
            text: `${person.name || 'Someone'} (${asker?.address ?? 'no address'}) asks to join ${found.name}.`,
          },
          ...(words === '' ? [] : [{ kind: 'text' as const, text: `They say: ${words}` }]),
          {
            kind: 'link',
            text:
              leads.length > 0
                ? 'Let them in, or decline'
                : 'It has no lead, so this is for an administrator to decide',
            href: `${inside.address}${organisationPath(organisation)}`,
          },
        ],
      });
    }
    return ok(undefined);
  });

/** Lets someone in who asked, or declines. @returns false when it was decided already, or there is no such request. */
export const decideJoin = (ctx: Context, organisation: string, request: string, letIn: boolean): Promise<boolean> => {
  demand(ctx.actor, leadOrganisation, { organisation });
  return ctx.transaction(async (inside) => {
    const asked = await lockJoinRequest(inside, request);
    if (!asked || asked.organisation !== organisation || asked.decidedAt) return false;
    await decideJoinRequest(inside, request, letIn ? 'let-in' : 'declined');
    if (letIn) await addMember(inside, organisation, asked.person, 'member');
    await recordAct(inside, {
      name: letIn ? 'accounts.member-let-in' : 'accounts.join-declined',
      subject: { kind: 'person', id: asked.person },
      forOrganisation: organisation,
      after: { organisation, request },
    });
    const [person, found] = [await findPerson(inside, asked.person), await findOrganisation(inside, organisation)];
    if (person?.address && found)
      await sendMail(inside, {
        name: letIn ? 'accounts.member-let-in' : 'accounts.join-declined',
        to: { address: person.address, name: person.name },
        person: person.id,
        subject: letIn ? `You now belong to ${found.name}` : `You were not let into ${found.name}`,
        body: letIn
          ? [
              { kind: 'text', text: `You now belong to ${found.name}, and may act for it.` },
              { kind: 'link', text: 'Its page', href: `${inside.address}${organisationPath(organisation)}` },
            ]
          : [
              {
                kind: 'text',
                text: `A lead of ${found.name} declined that you join it. Ask them, if you think this is wrong.`,
              },
            ],
      });
    return true;
  });
};

export type MemberRefusal = 'not-a-member' | 'last-lead';

/** Makes a member a lead or a lead a member. Nobody may leave an organisation with members and no lead. */
export const changeStanding = (
  ctx: Context,
  organisation: string,
  person: string,
  standing: Standing,
): Promise<Result<void, MemberRefusal>> => {
  demand(ctx.actor, leadOrganisation, { organisation });
  return ctx.transaction(async (inside) => {
    const members = await lockMembers(inside, organisation);
    const before = members.get(person);
    if (!before) return refused('not-a-member');
    if (before === standing) return ok(undefined);
    if (before === 'lead' && isLastLead(members, person)) return refused('last-lead');
    await setStanding(inside, organisation, person, standing);
    await recordAct(inside, {
      name: 'accounts.standing-changed',
      subject: { kind: 'person', id: person },
      forOrganisation: organisation,
      before: { standing: before },
      after: { standing },
    });
    return ok(undefined);
  });
};

/** Takes someone out of an organisation: a lead takes out anyone, and everyone may leave. */
export const endMembership = (
  ctx: Context,
  organisation: string,
  person: string,
): Promise<Result<void, MemberRefusal>> => {
  const leaves = ctx.actor.kind === 'person' && ctx.actor.id === person;
  if (!leaves) demand(ctx.actor, leadOrganisation, { organisation });
  return ctx.transaction(async (inside) => {
    const members = await lockMembers(inside, organisation);
    const before = members.get(person);
    if (!before) return refused('not-a-member');
    if (before === 'lead' && isLastLead(members, person) && members.size > 1) return refused('last-lead');
    await removeMember(inside, organisation, person);
    await recordAct(inside, {
      name: leaves ? 'accounts.member-left' : 'accounts.member-removed',
      subject: { kind: 'person', id: person },
      forOrganisation: organisation,
      before: { standing: before },
    });
    return ok(undefined);
  });
};

const isLastLead = (members: ReadonlyMap<string, Standing>, person: string): boolean =>
  ![...members].some(([other, standing]) => other !== person && standing === 'lead');

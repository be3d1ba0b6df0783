import type { InstanceRole, OrganisationKind, Standing } from '#kernel/actor.ts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { addMember, addOrganisation } from '../store/organisations.ts';
import { addPerson, findPersonByAddress, giveRole } from '../store/people.ts';
import { beginSession } from './sessions.ts';

type ExampleOrganisation = { readonly kind: OrganisationKind; readonly name: string; readonly ukprn: string | null };

/** Of Northfield College. */
export const exampleProviderUkprn = '19999901';

/** Made up for this project; UKPRNs from a range that the register has not reached. */
const organisations = {
  northfield: { kind: 'provider', name: 'Northfield College', ukprn: exampleProviderUkprn },
  southgate: { kind: 'provider', name: 'Southgate Institute', ukprn: '19999902' },
  'example-awards': { kind: 'awarding-organisation', name: 'Example Awards', ukprn: null },
  fenwick: { kind: 'employer', name: 'Fenwick Networks Ltd', ukprn: null },
  department: { kind: 'department', name: 'Department for Examples', ukprn: null },
} as const satisfies Readonly<Record<string, ExampleOrganisation>>;

export type ExamplePerson = {
  readonly address: string;
  readonly name: string;
  /** What they are here, in words. */
  readonly what: string;
  readonly role?: InstanceRole;
  readonly memberships: readonly (readonly [keyof typeof organisations, Standing])[];
};

/** One of each role. The domain is one that can hold no mail (RFC 2606). */
export const examplePeople: readonly ExamplePerson[] = [
  {
    address: 'amina.lead@northfield.example',
    name: 'Amina Osei',
    what: 'Head of higher education and lead of Northfield College',
    memberships: [['northfield', 'lead']],
  },
  {
    address: 'tom.member@northfield.example',
    name: 'Tom Birch',
    what: 'Curriculum manager, member of Northfield College',
    memberships: [['northfield', 'member']],
  },
  {
    address: 'ruth.lead@southgate.example',
    name: 'Ruth Kavanagh',
    what: 'Lead of Southgate Institute, and member of Northfield College',
    memberships: [
      ['southgate', 'lead'],
      ['northfield', 'member'],
    ],
  },
  {
    address: 'piotr.lead@example-awards.example',
    name: 'Piotr Zielinski',
    what: 'Qualifications manager and lead of Example Awards, an awarding organisation',
    memberships: [['example-awards', 'lead']],
  },
  {
    address: 'grace.lead@fenwick.example',
    name: 'Grace Fenwick',
    what: 'Lead of Fenwick Networks Ltd, an employer',
    memberships: [['fenwick', 'lead']],
  },
  {
    address: 'edward.editor@department.example',
    name: 'Edward Lin',
    what: 'Editor',
    role: 'editor',
    memberships: [['department', 'lead']],
  },
  {
    address: 'maya.moderator@department.example',
    name: 'Maya Thompson',
    what: 'Moderator',
    role: 'moderator',
    memberships: [['department', 'member']],
  },
  {
    address: 'aled.assessor@department.example',
    name: 'Aled Pritchard',
    what: 'Assessor',
    role: 'assessor',
    memberships: [['department', 'member']],
  },
  {
    address: 'nadia.administrator@department.example',
    name: 'Nadia Rahman',
    what: 'Administrator of this instance',
    role: 'administrator',
    memberships: [['department', 'member']],
  },
  {
    address: 'sam.visitor@home.example',
    name: 'Sam Ellery',
    what: 'Someone with an account and no organisation',
    memberships: [],
  },
];

/** Fictional organisations and people of each role, for an example store. */
export const seedExamplePeople = async (ctx: Context): Promise<void> => {
  await ctx.transaction(async (inside) => {
    const ids = new Map<string, string>();
    for (const [key, one] of Object.entries(organisations))
      ids.set(
        key,
        await addOrganisation(inside, {
          ...one,
          providerType: null,
          region: null,
          town: null,
          postcode: null,
          fictional: true,
          source: 'made up for this project',
        }),
      );
    for (const { address, name, role, memberships } of examplePeople) {
      const person = await addPerson(inside, { address, name });
      if (role) await giveRole(inside, person, role);
      for (const [key, standing] of memberships) await addMember(inside, ids.get(key) ?? '', person, standing);
    }
    await recordAct(inside, {
      name: 'accounts.examples-made',
      after: { organisations: ids.size, people: examplePeople.length },
    });
  });
};

/** Signs in as one of the example people. @returns the session's token; `null` when the store has nobody of that address. */
export const signInAsExample = (ctx: Context, address: string, userAgent: string): Promise<string | null> => {
  if (ctx.storeKind !== 'example' || ctx.exampleToken === null) return Promise.resolve(null);
  return ctx.transaction(async (inside) => {
    if (!examplePeople.some((one) => one.address === address)) return null;
    const person = await findPersonByAddress(inside, address);
    return person ? beginSession(inside, person.id, 'example', userAgent) : null;
  });
};

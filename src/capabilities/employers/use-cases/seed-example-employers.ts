import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { colleaguesOf, findOrganisations, providerByUkprn } from '#cap/accounts';
import { recordAct } from '#platform/audit/record-act.ts';
import type { Context } from '#platform/context.ts';
import { meetingKinds } from '../domain/employer.ts';
import { readEmployer } from '../domain/read-employer.ts';
import { readAsk } from '../domain/read-parts.ts';
import { addAsk } from '../store/asks.ts';
import { addContact } from '../store/contacts.ts';
import { addEmployer } from '../store/employers.ts';
import { addMeeting } from '../store/meetings.ts';
import { addNextStep } from '../store/next-steps.ts';
import { acceptSharing, addSharing } from '../store/sharing.ts';
import { askedStandard } from './asked-standard.ts';
import { sectors } from './reference-data.ts';

const text = z.string();
const texts = z.array(text);
const optional = text.nullable();
const days = z.number().int();

const exampleFile = z.object({
  organisations: z.array(
    z.object({
      ukprn: text.optional(),
      name: text.optional(),
      employers: z.array(
        z.object({
          id: z.uuid(),
          name: text,
          town: text,
          region: text,
          companyNumber: optional,
          size: text,
          sector: text,
          routes: texts,
          occupations: texts,
          offers: texts,
          notes: text,
          contacts: z.array(
            z.object({
              name: text,
              role: text,
              email: optional,
              telephone: optional,
              consent: optional,
              consentDaysAgo: days.nullable(),
              consentDaysLeft: days.nullable(),
              mayShare: z.boolean(),
            }),
          ),
          meetings: z.array(
            z.object({
              daysAgo: days,
              kind: z.enum(meetingKinds),
              said: text,
              occupations: texts,
              present: texts,
              confidential: z.boolean(),
            }),
          ),
          asks: z.array(
            z.object({
              jobTitle: text,
              occupation: optional,
              ksbs: texts,
              route: text,
              howMany: days,
              town: text,
              region: text,
              daysAgo: days,
              source: text,
            }),
          ),
          steps: z.array(z.object({ what: text, owner: optional, dueInDays: days, doneDaysAgo: days.nullable() })),
        }),
      ),
    }),
  ),
  sharings: z.array(z.object({ employer: z.uuid(), receiverUkprn: text, agreedDaysAgo: days, accepted: z.boolean() })),
});

type ExampleEmployer = z.infer<typeof exampleFile>['organisations'][number]['employers'][number];

const place = join(import.meta.dirname, '../../../../examples/employers.json');

const write = async (ctx: Context, organisation: string, one: ExampleEmployer): Promise<void> => {
  const now = ctx.clock().getTime();
  const day = (from: number): string => new Date(now + from * 86_400_000).toISOString().slice(0, 10);
  const people = await colleaguesOf(ctx, organisation);
  const line = (value: string | null): readonly string[] => [value ?? ''];
  const employer = readEmployer(
    {
      name: line(one.name),
      town: line(one.town),
      region: line(one.region),
      companyNumber: line(one.companyNumber),
      size: line(one.size),
      sector: line(one.sector),
      routes: one.routes,
      occupations: one.occupations,
      offers: one.offers,
      notes: line(one.notes),
    },
    sectors,
  );
  if (employer.problems.length > 0)
    throw new Error(`examples/employers.json: ${one.name}: ${employer.problems[0]?.text}`);
  await addEmployer(ctx, one.id, organisation, employer.text);
  const contacts = new Map<string, string>();
  for (const contact of one.contacts) {
    const id = randomUUID();
    contacts.set(contact.name, id);
    const { consentDaysAgo, consentDaysLeft, ...rest } = contact;
    await addContact(ctx, one.id, id, {
      ...rest,
      consentOn: consentDaysAgo === null ? null : day(-consentDaysAgo),
      consentUntil: consentDaysLeft === null ? null : day(consentDaysLeft),
    });
  }
  for (const { daysAgo, present, ...meeting } of one.meetings)
    await addMeeting(
      ctx,
      one.id,
      randomUUID(),
      { ...meeting, heldOn: day(-daysAgo), present: present.flatMap((name) => contacts.get(name) ?? []) },
      people[0]?.id ?? null,
    );
  for (const asked of one.asks) {
    const standard = asked.occupation ? await askedStandard(ctx, asked.occupation) : null;
    const read = readAsk(
      {
        jobTitle: [asked.jobTitle],
        occupation: [asked.occupation ?? ''],
        ksbs: [asked.ksbs.join(' ')],
        route: [asked.route],
        howMany: [String(asked.howMany)],
        town: [asked.town],
        region: [asked.region],
        askedOn: [day(-asked.daysAgo)],
        source: [asked.source],
      },
      day(0),
      new Set(),
      standard,
    );
    if (read.problems.length > 0) throw new Error(`examples/employers.json: ${one.name}: ${read.problems[0]?.text}`);
    await addAsk(ctx, one.id, randomUUID(), {
      ...read.text,
      standardVersion: asked.ksbs.length > 0 ? (standard?.version ?? null) : null,
    });
  }
  for (const step of one.steps) {
    const owner = people.find((who) => who.name.toLowerCase().startsWith(`${step.owner} `))?.id ?? null;
    await addNextStep(
      step.doneDaysAgo === null ? ctx : { ...ctx, clock: () => new Date(now - (step.doneDaysAgo ?? 0) * 86_400_000) },
      one.id,
      randomUUID(),
      { what: step.what, owner, due: day(step.dueInDays), done: step.doneDaysAgo !== null },
    );
  }
};

/** Fictional employers of the fictional colleges and awarding organisation, with some steps overdue and one record offered. */
export const seedExampleEmployers = async (ctx: Context): Promise<void> => {
  const file = exampleFile.parse(JSON.parse(readFileSync(place, 'utf8')));
  await ctx.transaction(async (inside) => {
    let count = 0;
    for (const { ukprn, name, employers } of file.organisations) {
      const organisation = ukprn
        ? (await providerByUkprn(inside, ukprn))?.id
        : (await findOrganisations(inside, name ?? '', 1)).found[0]?.id;
      if (!organisation) continue;
      for (const one of employers) await write(inside, organisation, one);
      count += employers.length;
    }
    for (const { employer, receiverUkprn, agreedDaysAgo, accepted } of file.sharings) {
      const receiver = (await providerByUkprn(inside, receiverUkprn))?.id;
      if (!receiver) continue;
      const id = randomUUID();
      const agreed = new Date(ctx.clock().getTime() - agreedDaysAgo * 86_400_000).toISOString().slice(0, 10);
      await addSharing(inside, { id, employer, receiver, employerAgreedOn: agreed });
      if (accepted) await acceptSharing(inside, id);
    }
    await recordAct(inside, { name: 'employers.examples-made', after: { employers: count } });
  });
};

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#platform/context.ts';
import { examineUpload } from '#platform/files/examine-upload.ts';
import { pinAttachments } from '../store/attachments.ts';
import { keepAttachment } from './attach-file.ts';
import { makeFindable } from './findable.ts';

const file = join(import.meta.dirname, '../../../../examples/growth-fund-recipients.csv');
const page = 'growth-fund-recipients';

/** Hangs a fictional list on the page of the fund's recipients, in example stores alone: the real one is not in our hands. */
export const seedRecipients = async (ctx: Context): Promise<void> => {
  const bytes = new Uint8Array(readFileSync(file));
  const upload = await examineUpload({ name: 'recipients.csv', bytes });
  if (upload.kind === 'refused') throw new Error(`examples/growth-fund-recipients.csv: ${upload.refusal}`);
  await ctx.transaction(async (inside) => {
    await keepAttachment(
      inside,
      null,
      page,
      {
        title: 'Growth Fund recipients (fictional example)',
        source: 'Made up for this project. No provider, sum or project in it is real.',
        columns:
          'Provider: name of the provider\nRegion: region of England in which it teaches\nRoute: technical route of the HTQ that the money was for\nKind: capital (buildings and equipment) or resource (people and their training)\nSum: pounds awarded in the round',
        note: '',
        revisionOf: '',
        file: { name: 'recipients.csv', bytes },
      },
      upload.value,
    );
    await pinAttachments(inside, page, 1);
    await makeFindable(inside, page);
  });
};

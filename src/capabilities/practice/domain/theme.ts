import { z } from 'zod';

/** `data/practice-themes.json` */
export const themesFile = z.object({
  themes: z.array(z.object({ id: z.string(), title: z.string(), from: z.iso.date(), source: z.string() })).min(1),
});

export type Theme = z.infer<typeof themesFile>['themes'][number];

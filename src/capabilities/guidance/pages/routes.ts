import type { Route } from '#web/route.ts';
import { aboutRoutes } from './about.ts';
import { deskRoutes } from './desk.ts';
import { editingRoutes } from './editing.ts';
import { editingFilesRoutes } from './editing-files.ts';
import { factRoutes } from './facts.ts';
import { fileRoutes } from './files.ts';
import { otherFormatRoutes } from './other-formats.ts';
import { readingRoutes } from './reading.ts';
import { subscribingRoutes } from './subscribing.ts';

export const guidanceRoutes: readonly Route[] = [
  ...readingRoutes,
  ...factRoutes,
  ...fileRoutes,
  ...otherFormatRoutes,
  ...subscribingRoutes,
  ...deskRoutes,
  ...editingRoutes,
  ...aboutRoutes,
  ...editingFilesRoutes,
];

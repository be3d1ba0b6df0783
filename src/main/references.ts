import type { References } from '#platform/references.ts';
import type { Capability } from '#web/capability.ts';

/** Asks the capabilities: the owner of a kind for titles and addresses, all of them for who points where. */
export const referencesOf = (capabilities: readonly Capability[]): References => ({
  find: async (ctx, reference) => {
    const owner = capabilities.find((one) => Object.hasOwn(one.references, reference.kind));
    return (await owner?.references[reference.kind]?.(ctx, reference.id)) ?? null;
  },
  pointingAt: async (ctx, reference) => {
    const found = [];
    for (const one of capabilities) found.push(...((await one.pointingAt?.(ctx, reference)) ?? []));
    return found;
  },
});

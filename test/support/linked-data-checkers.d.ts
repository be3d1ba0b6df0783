declare module '@marbec/web-auto-extractor' {
  // biome-ignore lint/style/noDefaultExport: the library has it so
  export default class WebAutoExtractor {
    constructor(options: { readonly addLocation: boolean; readonly embedSource: readonly string[] });
    parse(html: string): { readonly jsonld: Readonly<Record<string, unknown>> };
  }
}

declare module '@adobe/structured-data-validator' {
  // biome-ignore lint/style/noDefaultExport: the library has it so
  export default class Validator {
    constructor(vocabulary: unknown);
    validate(found: unknown): Promise<readonly { readonly issueMessage: string }[]>;
  }
}

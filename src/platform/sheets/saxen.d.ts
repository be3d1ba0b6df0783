/** The part of saxen that is used here; the package brings no types of its own. */
declare module 'saxen' {
  type Attributes = () => Readonly<Record<string, string>>;
  export class Parser {
    on(
      event: 'openTag',
      listener: (name: string, attributes: Attributes, decode: (text: string) => string, selfClosing: boolean) => void,
    ): this;
    on(event: 'closeTag', listener: (name: string) => void): this;
    on(event: 'text', listener: (text: string, decode: (text: string) => string) => void): this;
    on(event: 'cdata', listener: (text: string) => void): this;
    on(event: 'error' | 'warn', listener: (error: Error) => void): this;
    ns(prefixByUri: Readonly<Record<string, string>>): this;
    parse(xml: string): void;
    stop(): void;
  }
}

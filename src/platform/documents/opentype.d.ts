declare module 'opentype.js/dist/opentype.mjs' {
  type Command = {
    readonly type: 'M' | 'L' | 'Q' | 'C' | 'Z';
    readonly x?: number;
    readonly y?: number;
    readonly x1?: number;
    readonly y1?: number;
    readonly x2?: number;
    readonly y2?: number;
  };
  type Font = {
    readonly getAdvanceWidth: (text: string, size: number) => number;
    readonly getPath: (text: string, x: number, y: number, size: number) => { readonly commands: readonly Command[] };
  };
  export const parse: (bytes: ArrayBuffer) => Font;
}

/** Pictures in the sizes that networks ask for, in pixels. */
export const shapes = {
  wide: { width: 1200, height: 630, words: 'Wide: LinkedIn, Facebook, X, a link’s preview (1200 × 630)' },
  square: { width: 1080, height: 1080, words: 'Square: Instagram, LinkedIn (1080 × 1080)' },
  tall: { width: 1080, height: 1920, words: 'Tall: stories (1080 × 1920)' },
} as const;
export type Shape = keyof typeof shapes;
export const isShape = (text: string): text is Shape => Object.hasOwn(shapes, text);

export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Where the texts of a picture stand: each is made as large as its box allows. */
export const layoutOf = (shape: Shape): Readonly<Record<'kicker' | 'title' | 'when' | 'how' | 'foot', Box>> => {
  const { width, height } = shapes[shape];
  const margin = Math.round(width * 0.07);
  const inner = width - 2 * margin;
  const at = (top: number, tall: number, wide = 1): Box => ({
    left: margin,
    top: Math.round(height * top),
    width: Math.round(inner * wide),
    height: Math.round(height * tall),
  });
  return {
    kicker: at(0.08, shape === 'tall' ? 0.025 : 0.055, 0.8),
    title: at(0.19, 0.36),
    when: at(0.62, shape === 'tall' ? 0.06 : 0.085),
    how: at(0.73, shape === 'tall' ? 0.04 : 0.06),
    foot: at(0.88, shape === 'tall' ? 0.022 : 0.045),
  };
};

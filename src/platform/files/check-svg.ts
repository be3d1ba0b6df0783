import { Parser } from 'saxen';

/** Elements of SVG 1.1 that only draw; anything else (scripts, foreign markup, animation, links) is refused. */
export const drawingElements: ReadonlySet<string> = new Set(
  'svg g defs title desc metadata style symbol use path rect circle ellipse line polyline polygon text tspan textPath linearGradient radialGradient stop clipPath mask pattern marker image switch filter feBlend feColorMatrix feComponentTransfer feComposite feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feOffset'.split(
    ' ',
  ),
);

/**
 * Why an SVG is not taken: the first thing in it that could act or fetch. An allow-list, since what browsers run in an
 * SVG is more than anyone lists.
 *
 * @returns `null` when it only draws.
 */
export const svgProblem = (source: string): string | null => {
  if (/<!(?:doctype|entity)/i.test(source)) return 'it declares a document type or entities';
  let problem: string | null = null;
  const note = (words: string) => {
    problem ??= words;
  };
  // By namespace, since a prefix is whatever the file makes it.
  const parser = new Parser().ns({
    'http://www.w3.org/2000/svg': 'svg',
    'http://www.w3.org/1999/xhtml': 'html',
    'http://www.w3.org/1999/xlink': 'xlink',
  });
  let first = true;
  let styles = 0;
  parser.on('openTag', (name, attributes, decoded) => {
    const plain = name.replace(/^svg:/, '');
    if (first && plain !== 'svg') note('it does not begin with <svg>');
    first = false;
    if (plain === 'style') styles += 1;
    // Editors of drawings keep their own notes in elements of other namespaces, which browsers pass over.
    if (!drawingElements.has(plain) && (!plain.includes(':') || /^html:|script|foreign/i.test(plain)))
      note(`it holds <${plain.replace(/^html:/, '')}>`);
    for (const [key, written] of Object.entries(attributes())) {
      const value = decoded(written);
      if (/^on/i.test(key)) note(`it holds the attribute ${key}`);
      if (/^(?:xlink:)?href$/i.test(key) && !/^(?:#|data:image\/(?:png|jpeg|gif|webp);)/i.test(value.trim()))
        note('it links to something outside itself');
      if (/javascript:|url\(\s*['"]?(?!#)/i.test(value)) note(`its attribute ${key} links to something outside itself`);
    }
  });
  parser.on('closeTag', (name) => {
    if (/^(?:svg:)?style$/.test(name)) styles -= 1;
  });
  // An escape could spell either word.
  const checkStyle = (text: string): void => {
    if (styles > 0 && /@import|\\|url\(\s*['"]?(?!#|data:)/i.test(text)) note('its styles fetch something');
  };
  parser.on('text', (text, decoded) => checkStyle(decoded(text)));
  parser.on('cdata', checkStyle);
  parser.on('error', () => note('it is not well-formed XML'));
  parser.parse(source);
  return problem ?? (first ? 'nothing is in it' : null);
};

/** Titles under a search field while someone types. Without scripts the field is a plain one, and the results page suggests. */

const waitMs = 150;

type Suggestion = { readonly title: string; readonly href: string };

export const suggestWhileTyping = (field: HTMLInputElement): void => {
  const list = document.createElement('datalist');
  list.id = `${field.id}-suggestions`;
  field.after(list);
  field.setAttribute('list', list.id);
  field.autocomplete = 'off';
  let timer = 0;
  let asked = '';
  const ask = async () => {
    const words = field.value.trim();
    if (words.length < 2 || words === asked) return;
    asked = words;
    try {
      const answer = await fetch(`/search/suggest?q=${encodeURIComponent(words)}`);
      if (!answer.ok) return;
      const found = (await answer.json()) as readonly Suggestion[];
      if (asked !== words) return;
      list.replaceChildren(
        ...found.map((one) => {
          const option = document.createElement('option');
          option.value = one.title;
          return option;
        }),
      );
    } catch {
      // Suggestions are a help: without them the search works as well.
    }
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, waitMs);
  });
};

for (const field of document.querySelectorAll<HTMLInputElement>('input[data-htq-suggest]')) suggestWhileTyping(field);

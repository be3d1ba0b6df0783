/** How a text will look, beside it, while someone writes. Without scripts, saving shows it. */

const waitMs = 400;

type Preview = { readonly html: string; readonly findings: readonly string[] };

export const previewWhileWriting = (field: HTMLTextAreaElement): void => {
  const { form } = field;
  const shown = document.getElementById(field.dataset.htqPreview ?? '');
  const findings = document.getElementById(field.dataset.htqFindings ?? '');
  if (!form || !shown || !findings) return;
  let timer = 0;
  let asked = field.value;
  const ask = async () => {
    const text = field.value;
    if (text === asked) return;
    asked = text;
    try {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
      const answer = await fetch(`${form.action}/preview`, { method: 'POST', body });
      if (!answer.ok) return;
      const preview = (await answer.json()) as Preview;
      if (asked !== text) return;
      // The server rendered it, by the rules that hold for what is published.
      shown.innerHTML = preview.html;
      findings.replaceChildren(
        ...preview.findings.map((words) => {
          const item = document.createElement('li');
          item.textContent = words;
          return item;
        }),
      );
    } catch {
      // Saving shows it as well.
    }
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, waitMs);
  });
};

for (const field of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-htq-preview]'))
  previewWhileWriting(field);

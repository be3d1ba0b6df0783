/** A button after each block that is there to be copied; without JavaScript its text is selected by hand. */

const start = (block: HTMLElement): void => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'govuk-button govuk-button--secondary htq-no-print';
  button.textContent = block.dataset.htqCopy ?? '';
  const said = document.createElement('span');
  said.className = 'govuk-body-s htq-copied';
  said.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(block.textContent ?? '');
      said.textContent = 'Copied.';
    } catch {
      // Not allowed: it is selected instead, for the keyboard's own copy.
      getSelection()?.selectAllChildren(block);
      said.textContent = 'Selected: copy it with Ctrl and C.';
    }
  });
  const line = document.createElement('p');
  line.append(button, ' ', said);
  block.after(line);
};

// Browsers have a clipboard over HTTPS alone, and at the machine itself.
if (navigator.clipboard) for (const block of document.querySelectorAll<HTMLElement>('[data-htq-copy]')) start(block);

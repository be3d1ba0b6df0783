/** The attribute `hidden` does not do: what govuk-frontend lays out stays in sight with it. */
const away = 'govuk-!-display-none';

/**
 * A search field above a long list of checkboxes: what does not have the words is hidden, what is ticked stays. Without this
 * script the list stands in its groups.
 */
const filterChoices = (list: HTMLElement): void => {
  const label = document.createElement('label');
  label.className = 'govuk-label';
  label.textContent = list.dataset.htqFilter ?? '';
  const field = document.createElement('input');
  field.className = 'govuk-input govuk-!-margin-bottom-3';
  field.type = 'search';
  field.id = 'filter-choices';
  label.htmlFor = field.id;
  const found = document.createElement('p');
  found.className = 'govuk-hint';
  found.setAttribute('role', 'status');
  list.prepend(label, field, found);
  const groups = [...list.querySelectorAll('details')].map((group) => ({ group, open: group.open }));
  const items = [...list.querySelectorAll<HTMLElement>('.govuk-checkboxes__item')];
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().trim();
    let count = 0;
    for (const item of items) {
      const shown = item.textContent.toLowerCase().includes(words);
      if (shown) count += 1;
      item.classList.toggle(away, !shown && !item.querySelector('input')?.checked);
    }
    for (const { group, open } of groups) {
      const any = [...group.querySelectorAll('.govuk-checkboxes__item')].some((item) => !item.classList.contains(away));
      group.classList.toggle(away, !any);
      group.open = words === '' ? open : any;
    }
    found.textContent = words === '' ? '' : `${count} found`;
  });
  // Enter in the field looks; it does not save the form around it.
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
};

for (const list of document.querySelectorAll<HTMLElement>('[data-htq-filter]')) filterChoices(list);

declare module 'govuk-frontend' {
  export const initAll: () => void;
}

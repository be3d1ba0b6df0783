import data from '../../../../data/practice-themes.json' with { type: 'json' };
import { type Theme, themesFile } from '../domain/theme.ts';

export const { themes } = themesFile.parse(data);

export const themeOf = (id: string): Theme | undefined => themes.find((one) => one.id === id);

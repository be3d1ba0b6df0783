import { z } from 'zod';
import data from '../../../../data/have-your-say-questions.json' with { type: 'json' };
import { questionnaire } from '../domain/questionnaire.ts';

/** The five questions of 2021 as a round begins with them: an editor changes them at will. */
export const fiveQuestions = z.object({ questions: questionnaire }).parse(data).questions;

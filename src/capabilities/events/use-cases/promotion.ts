export { countByTag as broughtIn } from '../store/promotion.ts';

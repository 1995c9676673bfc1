/** What an operation on saved views can be refused. */
import { declareRefusals } from '../../platform/refusal.ts'

export const refuseView = declareRefusals({
  'view.not_found': {
    status: 404,
    en: 'This view is not there. It may have been deleted: choose another one.',
    cs: 'Tento pohled není k dispozici. Mohl být smazán: zvolte jiný.',
  },
  'view.not_yours': {
    status: 403,
    en: 'The view {name} is shared by {by}; only they or an administrator can change it. Save your own beside it.',
    cs: 'Pohled {name} sdílí {by}; změnit jej může jen tato osoba nebo správce. Uložte si vedle něj vlastní.',
  },
  'view.name_taken': {
    status: 409,
    en: 'There is a view named {name} already. Choose another name, or change that view.',
    cs: 'Pohled s názvem {name} už existuje. Zvolte jiný název, nebo upravte tento pohled.',
  },
})

import { defineWords } from '#web/words/words.ts'

/** Texts of who carries the difference of an amendment. */
export const carryWords = defineWords('carry', {
  carry: { zh: '差额由谁承担', en: 'Who carries the difference' },
  siblings: { zh: '同级分担', en: 'Siblings' },
  parents: { zh: '上级总额随动', en: 'The totals above' },
  buffer: { zh: '上级的超额', en: 'Buffer above' },
  siblingsHint: { zh: '上级不变，同级按比例增减', en: 'The totals above stay; siblings change in proportion' },
  parentsHint: { zh: '同级不变，差额逐级加到上级', en: 'Siblings stay; the difference is added to the tiers above' },
  bufferHint: {
    zh: '上级和同级都不变，差额从上级的超额分配里抵减',
    en: 'The unit above and the siblings stay; the difference comes out of what it hands out beyond its own',
  },
  bufferHolds: { zh: '该期起，{name}的超额还有 {before}', en: 'From then on the buffer of {name} holds {before}' },
  bufferMoves: {
    zh: '该期起，{name}的超额：{before} → {after}',
    en: 'Buffer of {name} from then on: {before} → {after}',
  },
  otherCarries: {
    zh: '这个数额不能由“{chosen}”承担，改由“{carry}”承担',
    en: '“{chosen}” cannot carry this amount: “{carry}” carries it instead',
  },
  notSo: { zh: '不能选“{carry}”：{reason}', en: 'Not “{carry}”: {reason}' },
  afterTheAmount: {
    zh: '填写新目标后，在这里选择差额由谁承担',
    en: 'Once the new target is given, choose here who carries the difference',
  },
  carriedByNobody: {
    zh: '这个指标各级不相加：只改这一行，没有人承担差额',
    en: 'Targets of this metric do not add up: only this row changes, nobody carries anything',
  },
})

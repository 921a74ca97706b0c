import type { Label } from '#base/label.ts'
import type { RebalanceRefusal } from './rebalance.ts'

/** Why a change of the plan cannot be, for people. `{name}` is the row where it fails. */
export const refusalWords: Readonly<Record<RebalanceRefusal | 'only-at-the-top', Label>> = {
  'locked-sums-exceed': {
    zh: '“{name}”下锁定的数已超过可分的总数',
    en: 'the locked cells under “{name}” exceed what is there to share',
  },
  'nobody-free': { zh: '“{name}”下的单元格全部锁定', en: 'every cell under “{name}” is locked' },
  negative: { zh: '目标不能小于零', en: 'a target cannot be below zero' },
  'cell-locked': { zh: '这个单元格已锁定', en: 'this cell is locked' },
  'locked-below': {
    zh: '“{name}”的下级已锁定，不能改成这个数',
    en: 'locked cells below “{name}” do not allow this figure',
  },
  'out-of-reach': { zh: '这一行由上级确定', en: 'this row is set by the tier above' },
  'no-sibling': { zh: '没有同级可以分担差额', en: 'there is no sibling to take up the difference' },
  'no-buffer': {
    zh: '“{name}”没有超额分配，不能由超额承担',
    en: '“{name}” hands out nothing beyond its own that could carry it',
  },
  'buffer-too-small': {
    zh: '“{name}”的超额在某一期不够承担这个差额',
    en: 'the buffer of “{name}” holds less than that in one of the periods',
  },
  'buffer-full': {
    zh: '“{name}”的超额只能承担下调；上调请由同级或上级承担',
    en: 'the buffer of “{name}” carries a lower target only; let siblings or parents carry a higher one',
  },
  'only-at-the-top': { zh: '只有最上层可以改全年总数或季节分布', en: 'only the top row can get a new total or season' },
}

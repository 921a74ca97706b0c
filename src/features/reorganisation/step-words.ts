/** Why a step of a reorganisation cannot be taken. */
export const stepWords = {
  gone: { zh: '这个单元到那天已不存在', en: 'This unit is not there on that day' },
  top: { zh: '最上级单元不能移动、拆分、合并或关闭', en: 'The top unit cannot be moved, split, merged or closed' },
  sameParent: { zh: '它已经属于“{parent}”', en: 'It already belongs to “{parent}”' },
  cycle: {
    zh: '“{parent}”就是“{unit}”或它的下级，不能互为上下级',
    en: '“{parent}” is “{unit}” or stands below it; a unit cannot stand under one of its own',
  },
  taken: { zh: '同一上级下已有“{name}”', en: 'There is a “{name}” under the same parent' },
  keyTaken: { zh: '这个编号已被用过', en: 'This key was used already' },
  notInUnit: { zh: '{person} 不在“{unit}”', en: '{person} does not stand in “{unit}”' },
  nowhere: { zh: '{person} 还没有主要任职', en: '{person} has no main assignment yet' },
  inactive: { zh: '{person} 不在职', en: '{person} is not active' },
  hasUnits: { zh: '它下面还有 {count} 个单元，请先移走', en: '{count} units stand below it; move them first' },
  hasPeople: { zh: '它里面还有 {count} 段任职，请先调走', en: '{count} assignments are in it; move them first' },
  overload: {
    zh: '{person} 的工时比例合计将达 {percent}%，超过全职',
    en: '{person} would work {percent}% of full time',
  },
  orphanHead: {
    zh: '{person} 不能负责“{unit}”：须在职并有任职',
    en: '{person} cannot head “{unit}”: a head is active and stands in a unit',
  },
} as const

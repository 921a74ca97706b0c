import { defineErrors } from '#base/errors.ts'
import type { Label } from '#base/label.ts'

export const recordErrors = defineErrors({
  OBJECT_NOT_FOUND: { status: 404, label: { zh: '没有“{object}”这种对象', en: 'There is no object “{object}”' } },
  RECORD_NOT_FOUND: { status: 404, label: { zh: '找不到这条记录', en: 'This record was not found' } },
  RECORD_MERGED: { status: 410, label: { zh: '这条记录已合并到另一条', en: 'This record became part of another' } },
  RECORD_ONLY_SEEN: {
    status: 403,
    label: { zh: '您可以查看这条记录，但不能修改它', en: 'You may look at this record, but not change it' },
  },
  RECORD_INVALID: { status: 422, label: { zh: '有字段需要修改', en: 'Some fields need attention' } },
  RECORD_CHANGED: {
    status: 409,
    label: {
      zh: '别人刚刚修改了这条记录，请对照后再保存',
      en: 'Someone changed this record meanwhile; compare before you save',
    },
  },
  RECORD_DUPLICATE: {
    status: 409,
    label: { zh: '这条记录可能已经存在', en: 'This record may be there already' },
  },
  RECORD_IN_USE: {
    status: 409,
    label: {
      zh: '还有{objects}引用它，不能删除；请先处理这些记录',
      en: 'It cannot be deleted while others refer to it: {objectsEn}. Deal with those first',
    },
  },
  MORE_CHILDREN: {
    status: 409,
    label: {
      zh: '属于它的记录比确认过的多，请重新确认',
      en: 'More records belong to it than were confirmed; look again before you delete',
    },
  },
  TOO_MANY_CHILDREN: {
    status: 422,
    label: {
      zh: '随它一起删除的记录超过 {most} 条，请先分批删除',
      en: 'More than {most} records would go with it; delete them in portions first',
    },
  },
  PERSON_NOT_FOUND: { status: 404, label: { zh: '找不到此人', en: 'This person was not found' } },
  OPERATION_NOT_FOUND: { status: 404, label: { zh: '找不到这次操作', en: 'This operation was not found' } },
  CHANGE_NOT_FOUND: { status: 404, label: { zh: '找不到这次修改', en: 'This change was not found' } },
  CHANGE_NOT_UNDONE: {
    status: 422,
    label: { zh: '这次修改没有可以撤销的字段', en: 'Nothing of this change can be taken back' },
  },
  CHANGE_ERASED: {
    status: 409,
    label: {
      zh: '这次修改里的个人信息已被删除，不能撤销',
      en: 'Personal data of this change is erased; it cannot be taken back',
    },
  },
  CHANGE_OVERTAKEN: {
    status: 409,
    label: {
      zh: '这些字段之后又变了，请对照后决定',
      en: 'These fields changed again since; compare before you decide',
    },
  },
  ACTION_NOT_ALLOWED: {
    status: 403,
    label: {
      zh: '您的角色不能{action}“{object}”，请联系管理员',
      en: 'Your role may not {action} “{object}”; an administrator can change that',
    },
  },
  FILTER_INVALID: { status: 400, label: { zh: '筛选条件有误', en: 'The filter is not valid' } },
  CURSOR_INVALID: {
    status: 400,
    label: { zh: '翻页位置无效，请重新查询', en: 'The cursor is not valid; start again' },
  },
})

/** Why a change of an operation was not taken back. */
export const undoFaults = {
  changedSince: { zh: '之后被{name}修改过', en: 'Changed since by {name}' },
  deletedSince: { zh: '之后被{name}删除', en: 'Deleted since by {name}' },
  outOfReach: { zh: '您现在看不到这条记录', en: 'This record is out of your reach now' },
  erased: { zh: '其中的个人信息已删除，不能恢复', en: 'Personal data in it is erased and cannot come back' },
  objectGone: { zh: '系统里已没有这种对象', en: 'There is no such object any more' },
} satisfies Record<string, Label>

export const rowFaults = {
  required: { zh: '必填', en: 'Required' },
  missing: { zh: '找不到引用的记录', en: 'The record referred to was not found' },
  itself: { zh: '不能指向这条记录自己', en: 'A record cannot refer to itself' },
  inBin: { zh: '“{name}”在回收站里', en: '“{name}” is in the recycle bin' },
  person: { zh: '找不到此人，或不在您的管理范围', en: 'This person was not found or is out of your reach' },
  nobody: { zh: '请选择负责人', en: 'Choose an owner' },
  taken: { zh: '“{value}”已被使用', en: '“{value}” is already taken' },
  twice: { zh: '“{value}”在这批数据里出现了两次', en: '“{value}” stands twice among these rows' },
  rate: { zh: '缺少 {currency} 在 {day} 的汇率', en: 'There is no exchange rate for {currency} on {day}' },
  notFound: { zh: '找不到这条记录', en: 'This record was not found' },
  onlySeen: { zh: '您可以查看这条记录，但不能修改它', en: 'You may look at this record, but not change it' },
  masked: {
    zh: '这个字段对您脱敏，已有内容不能修改',
    en: 'This field is masked for you; what it holds cannot be changed',
  },
  transfer: { zh: '您不能把这条记录转给别人', en: 'You may not give this record to another person' },
  refused: { zh: '系统没有接受这条记录', en: 'The record was not accepted' },
  changed: { zh: '别人刚刚修改了这条记录', en: 'Someone changed this record meanwhile' },
  file: {
    zh: '文件已不在，或属于别的记录，请重新上传',
    en: 'The file is gone or belongs to another record; upload it again',
  },
} satisfies Record<string, Label>

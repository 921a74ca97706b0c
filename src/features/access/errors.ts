import { defineErrors, type FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'

export const accessErrors = defineErrors({
  ROLE_NOT_FOUND: { status: 404, label: { zh: '没有这个角色', en: 'There is no such role' } },
  ROLE_FIXED: {
    status: 422,
    label: { zh: '管理员角色不能修改', en: 'The role of administrators cannot be changed' },
  },
  ROLE_STANDARD: {
    status: 422,
    label: { zh: '内置角色不能删除，可以恢复为默认', en: 'A standard role cannot be deleted; it can be set back' },
  },
  ROLE_IN_USE: {
    status: 409,
    label: {
      zh: '还有 {count} 人使用这个角色，请先给他们换一个角色',
      en: '{count} people hold this role; give them another one first',
    },
  },
  ROLE_REFUSED: { status: 422, label: { zh: '角色的设置有误', en: 'The role is not valid' } },
  RULE_NOT_FOUND: { status: 404, label: { zh: '没有这条共享规则', en: 'There is no such sharing rule' } },
  RULE_REFUSED: { status: 422, label: { zh: '共享规则有误', en: 'The sharing rule is not valid' } },
  ACCESS_CHANGED: {
    status: 409,
    label: { zh: '别人刚刚修改过，请刷新后再改', en: 'Someone changed it meanwhile; look again before you save' },
  },
  SHARE_NOT_FOUND: { status: 404, label: { zh: '没有这项共享', en: 'It is not shared like that' } },
  SHARE_REFUSED: { status: 422, label: { zh: '不能这样共享', en: 'It cannot be shared like that' } },
  FIELD_NOT_MASKED: { status: 422, label: { zh: '这个字段没有脱敏', en: 'This field is not masked' } },
  VIEW_AS_REFUSED: {
    status: 403,
    label: {
      zh: '只有登录网页的管理员可以以管理员的视角查看；接口密钥不能以他人视角查看',
      en: 'Only administrators look with the eyes of an administrator, and nobody does by an API key',
    },
  },
})

const words = {
  required: { zh: '必填', en: 'Required' },
  taken: { zh: '已有角色叫“{name}”', en: 'There is already a role called “{name}”' },
  needed: {
    zh: '“{field}”必填，能新建这种记录的角色不能隐藏或锁定它',
    en: '“{field}” is required: a role that may create such records cannot do without it',
  },
  plain: { zh: '没有脱敏', en: 'Not masked' },
  kept: { zh: '“{field}”不能隐藏', en: '“{field}” cannot be hidden' },
  maskable: { zh: '“{field}”不能脱敏', en: '“{field}” cannot be masked' },
  open: { zh: '“{object}”所有人可见，不能限制', en: 'Everybody sees “{object}”; that cannot be limited' },
  object: { zh: '没有这种对象', en: 'There is no such object' },
  grantee: { zh: '找不到共享对象', en: 'There is nobody like that to share with' },
  day: { zh: '日期已经过去', en: 'That day is over' },
} satisfies Record<string, Label>

/** What of a role, a rule or a share does not hold, at one field. */
export function faultOf(field: string, code: keyof typeof words, params?: FieldFault['params']): FieldFault {
  return { field, code, label: words[code], ...(params ? { params } : {}) }
}

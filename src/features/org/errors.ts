import { defineErrors, type AppError, type FieldFault } from '#base/errors.ts'
import type { Label, LabelParams } from '#base/label.ts'

export const orgErrors = defineErrors({
  UNIT_NOT_FOUND: { status: 404, label: { zh: '找不到这个组织单元', en: 'There is no such unit' } },
  PERSON_NOT_FOUND: { status: 404, label: { zh: '找不到这个人', en: 'There is no such person' } },
  ASSIGNMENT_NOT_FOUND: { status: 404, label: { zh: '找不到这段任职', en: 'There is no such assignment' } },
  STRUCTURE_CHANGED: {
    status: 409,
    label: { zh: '组织结构“{name}”刚被别人修改', en: 'Somebody else just changed the structure “{name}”' },
  },
  STRUCTURE_REFUSED: { status: 422, label: { zh: '不能这样调整组织结构', en: 'This structure cannot be changed so' } },
  STRUCTURE_NOT_FOUND: { status: 404, label: { zh: '没有这个组织结构', en: 'There is no such structure' } },
  UNIT_CHANGED: {
    status: 409,
    label: { zh: '“{name}”刚刚被别人修改过，请看过再改', en: 'Somebody changed “{name}” meanwhile; please look again' },
  },
  PERSON_CHANGED: {
    status: 409,
    label: {
      zh: '“{name}”的资料刚刚被别人修改过，请看过再改',
      en: 'Somebody changed “{name}” meanwhile; please look again',
    },
  },
  CALENDAR_REFUSED: {
    status: 422,
    label: { zh: '这样的财年日历不可用', en: 'The fiscal calendar cannot be like this' },
  },
  CALENDAR_CHANGED: {
    status: 409,
    label: {
      zh: '日历刚刚被别人修改过，请看过再改',
      en: 'Somebody changed the calendar meanwhile; please look again',
    },
  },
  CALENDAR_IN_USE: {
    status: 409,
    label: {
      zh: '{years} 财年已有目标、预测或快照，期间不能再改；请从更晚的财年开始',
      en: 'Plans, forecasts or snapshots refer to the periods of fiscal {years}; begin with a later year',
    },
  },
  UNIT_REFUSED: { status: 422, label: { zh: '组织不能这样调整', en: 'The organisation cannot be changed like this' } },
  PERSON_REFUSED: { status: 422, label: { zh: '人员资料不能这样修改', en: 'The person cannot be changed like this' } },
  ASSIGNMENT_REFUSED: { status: 422, label: { zh: '不能这样任职', en: 'This assignment is not possible' } },
  LATER_MOVE: {
    status: 409,
    label: {
      zh: '{name} 在 {day} 已另有调动，请选择保留或取消它',
      en: '{name} already moves on {day}; say whether that later move stays',
    },
  },
  ADMINISTRATOR_ONLY: {
    status: 403,
    label: {
      zh: '只有管理员可以任免管理员，或改动其登录',
      en: 'Only administrators make administrators, take that away, or change how one signs in',
    },
  },
  LAST_ADMINISTRATOR: {
    status: 422,
    label: { zh: '公司至少要有一名在职管理员', en: 'A company keeps at least one active administrator' },
  },
  LOGIN_SHARED: {
    status: 409,
    label: {
      zh: '这个账号也属于另一家公司，只能由本人修改密码或账号',
      en: 'This login also belongs to another company; only its owner can change it',
    },
  },
  LOGIN_ELSEWHERE: {
    status: 409,
    label: {
      zh: '“{identifier}”已在本服务器的另一家公司登录，请由服务器管理员用命令 terrace person link 关联',
      en: '“{identifier}” signs in to another company of this server; its operator links it by “terrace person link”',
    },
  },
  LOGIN_MISSING: {
    status: 422,
    label: { zh: '请先填写邮箱或手机号', en: 'Please give an e-mail or a phone first' },
  },
  HAND_OVER_REFUSED: { status: 422, label: { zh: '不能这样交接', en: 'This hand-over is not possible' } },
  SLUG_TAKEN: { status: 409, label: { zh: '公司短名“{slug}”已被使用', en: 'The short name “{slug}” is taken' } },
  COMPANY_REFUSED: { status: 400, label: { zh: '公司资料有误', en: 'The company cannot be created like this' } },
  SETUP_DONE: {
    status: 409,
    label: { zh: '公司已经创建，请直接登录', en: 'The company exists already; please sign in' },
  },
  SETUP_TOKEN_WRONG: {
    status: 403,
    label: { zh: '请输入启动时控制台显示的设置口令', en: 'Please give the setup token that the console printed' },
  },
  DEMO_NOT_ALLOWED: {
    status: 403,
    label: { zh: '演示公司只能在本机使用', en: 'The demo company is for use on this machine only' },
  },
  DEMO_PERSONA_UNKNOWN: { status: 404, label: { zh: '没有这个演示人物', en: 'The demo has no such person' } },
})

type Code =
  | 'STRUCTURE_REFUSED'
  | 'UNIT_REFUSED'
  | 'PERSON_REFUSED'
  | 'ASSIGNMENT_REFUSED'
  | 'HAND_OVER_REFUSED'
  | 'COMPANY_REFUSED'

/** Refuses with one field at fault; the field's words become the error's own. */
export function refuse(code: Code, field: string, reason: string, label: Label, params: LabelParams = {}): AppError {
  const fault: FieldFault = { field, code: reason, label, params }
  return orgErrors[code]({}, [fault])
}

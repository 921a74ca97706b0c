import { defineErrors } from '#base/errors.ts'

export const workplaceErrors = defineErrors({
  WORKPLACE_NOT_CONNECTED: {
    status: 404,
    label: { zh: '尚未连接，请先保存连接', en: 'It is not connected; save a connection first' },
  },
  WORKPLACE_CHANGED: {
    status: 409,
    label: {
      zh: '连接刚刚被别人修改过，请看过再改',
      en: 'Somebody changed the connection meanwhile; please look again',
    },
  },
  WORKPLACE_INVALID: { status: 422, label: { zh: '连接有误', en: 'The connection cannot be kept like this' } },
  WORKPLACE_BUSY: {
    status: 409,
    label: { zh: '正在同步，请等它结束', en: 'A sync is under way; wait until it has ended' },
  },
  WORKPLACE_RUN_NOT_FOUND: { status: 404, label: { zh: '找不到这次同步', en: 'There is no such run' } },
})

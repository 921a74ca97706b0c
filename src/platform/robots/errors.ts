import { defineErrors } from '#base/errors.ts'

export const robotErrors = defineErrors({
  ROBOT_NOT_FOUND: { status: 404, label: { zh: '找不到这个群机器人', en: 'There is no such robot' } },
  ROBOT_CHANGED: {
    status: 409,
    label: { zh: '刚刚被别人修改过，请看过再改', en: 'Somebody changed it meanwhile; please look again' },
  },
  ROBOT_INVALID: { status: 422, label: { zh: '群机器人的设置有误', en: 'The robot cannot be kept like this' } },
  ROBOT_BUSY: {
    status: 409,
    label: {
      zh: '发送太频繁，请在 {seconds} 秒后再试',
      en: 'It has spoken too often just now; try again in {seconds} seconds',
    },
  },
})

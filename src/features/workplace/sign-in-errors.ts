import { defineErrors } from '#base/errors.ts'

/** Why scanning did not let somebody in. */
export const workplaceSignInErrors = defineErrors({
  WORKPLACE_SIGN_IN_OFF: {
    status: 404,
    label: {
      zh: '这家公司没有启用这种扫码登录',
      en: 'This company does not use this way of signing in',
    },
  },
  WORKPLACE_SIGN_IN_FAILED: {
    status: 424,
    label: {
      zh: '{brand}没有确认登录，请重试；仍然不行请联系公司管理员',
      en: '{brand} did not confirm it; try again, or ask an administrator of your company',
    },
  },
  /** The code is spent or too old, or whoever scanned gave no leave. */
  WORKPLACE_CODE_REFUSED: {
    status: 410,
    label: {
      zh: '这次扫码已用过、已过期或被取消，请重新扫码',
      en: 'This scan was used, has expired or was cancelled; please scan again',
    },
  },
  WORKPLACE_NOT_A_MEMBER: {
    status: 403,
    label: {
      zh: '扫码的账号不是这家公司在{brand}的成员，请换成公司的账号',
      en: 'Whoever scanned is no member of this company at {brand}; please use the account of the company',
    },
  },
  /** Not linked by the sync, or deactivated: one answer, so that nobody learns who works here. */
  WORKPLACE_UNKNOWN_PERSON: {
    status: 403,
    label: {
      zh: '{brand}确认了您的身份，但您还没有关联到公司里的人员，请联系管理员：同步组织后即可登录',
      en: '{brand} knows you, but you are not linked to a person of the company yet; ask an administrator, who links people by the sync',
    },
  },
  WORKPLACE_SIGN_IN_EXPIRED: {
    status: 410,
    label: {
      zh: '等待太久或在另一个浏览器打开，请重新登录',
      en: 'That took too long or began in another browser; please sign in again',
    },
  },
})

import { defineErrors } from '#base/errors.ts'

export const signInErrors = defineErrors({
  LINK_INVALID: {
    status: 410,
    label: {
      zh: '这个链接已用过、已过期或已被新的链接取代',
      en: 'This link was used, has expired, or was replaced by a newer one',
    },
  },
  LINK_REFUSED: { status: 422, label: { zh: '无法这样登录', en: 'It is not possible to sign in like this' } },
  INVITATION_REFUSED: { status: 422, label: { zh: '无法邀请此人', en: 'This person cannot be invited' } },
  POLICY_REFUSED: { status: 422, label: { zh: '登录设置有误', en: 'The sign-in settings are not possible' } },
  POLICY_CHANGED: {
    status: 409,
    label: { zh: '设置刚刚被别人修改过，请看过再改', en: 'Somebody changed the settings meanwhile; please look again' },
  },
  MAIL_NOT_CONNECTED: {
    status: 409,
    label: {
      zh: '尚未连接邮件服务器（SMTP_URL），无法发信',
      en: 'No mail server is connected (SMTP_URL): mail cannot be sent',
    },
  },
  SSO_OFF: { status: 404, label: { zh: '这家公司没有启用单点登录', en: 'This company does not use single sign-on' } },
  SSO_FAILED: {
    status: 422,
    label: {
      zh: '身份提供方没有确认登录，请重试或联系管理员',
      en: 'The identity provider did not confirm it; try again or ask an administrator',
    },
  },
  SSO_UNKNOWN_PERSON: {
    status: 403,
    label: {
      zh: '身份提供方确认了您的身份，但公司里没有这个邮箱的人员，请联系管理员',
      en: 'You are who you say, but the company has nobody with this e-mail; please ask an administrator',
    },
  },
  SSO_EMAIL_UNVERIFIED: {
    status: 403,
    label: {
      zh: '身份提供方没有确认您的邮箱，请先在那里验证邮箱',
      en: 'The identity provider has not verified your e-mail; please verify it there first',
    },
  },
  SSO_EXPIRED: {
    status: 400,
    label: {
      zh: '等待太久或在另一个浏览器打开，请重新登录',
      en: 'That took too long or began in another browser; please sign in again',
    },
  },
})

import { defineErrors } from '#base/errors.ts'

export const authErrors = defineErrors({
  /** Unknown login, wrong password, inactive person: one answer, so that nobody learns which logins exist. */
  SIGN_IN_REFUSED: { status: 401, label: { zh: '账号或密码不对', en: 'The login or the password is wrong' } },
  SIGN_IN_LOCKED: {
    status: 429,
    label: {
      zh: '尝试次数过多，请在 {minutes} 分钟后再试',
      en: 'Too many attempts; please try again in {minutes} min',
    },
  },
  PASSWORD_WEAK: { status: 400, label: { zh: '请换一个更安全的密码', en: 'Please choose a safer password' } },
  PASSWORD_WRONG: { status: 400, label: { zh: '当前密码不对', en: 'The current password is wrong' } },
  KEY_SCOPE_MISSING: {
    status: 403,
    label: { zh: '这个 API 密钥没有“{scope}”权限', en: 'This API key lacks the scope “{scope}”' },
  },
  KEY_NOT_HERE: {
    status: 403,
    label: {
      zh: '登录方式、密码、会话、密钥和角色只能由人登录后修改，不能用密钥',
      en: 'What lets people in, and their roles, is changed by somebody who is signed in, not with a key',
    },
  },
  PASSWORD_CHANGE_NEEDED: {
    status: 403,
    label: { zh: '请先把一次性密码改成您自己的密码', en: 'Please change the one-time password to your own first' },
  },
  SECOND_FACTOR_WRONG: {
    status: 401,
    label: {
      zh: '验证码不对或已用过，请用应用中的下一个',
      en: 'This code is wrong or was used; take the next one of the app',
    },
  },
  SECOND_FACTOR_EXPIRED: {
    status: 401,
    label: { zh: '等待太久，请重新登录', en: 'That took too long; please sign in again' },
  },
  SECOND_FACTOR_NEEDED: {
    status: 403,
    label: {
      zh: '公司要求两步验证，请先完成设置',
      en: 'Your company asks for a second factor; please set it up first',
    },
  },
  SECOND_FACTOR_REFUSED: {
    status: 409,
    label: { zh: '两步验证不能这样修改', en: 'The second factor cannot be changed like this' },
  },
  PASSWORD_SIGN_IN_OFF: {
    status: 403,
    label: {
      zh: '“{company}”已停用密码登录，请使用单点登录',
      en: '“{company}” does not take passwords any more; please use single sign-on',
    },
  },
  SESSION_NOT_FOUND: { status: 404, label: { zh: '没有这个会话', en: 'There is no such session' } },
  PASSWORD_ABSENT: {
    status: 403,
    label: { zh: '没有登录账号的人员没有密码', en: 'A person without a login has no password' },
  },
  ORIGIN_REFUSED: {
    status: 403,
    label: { zh: '请求来自另一个网站，已拒绝', en: 'The request came from another site and was refused' },
  },
  HTTPS_NEEDED: {
    status: 403,
    label: {
      zh: '为保护密码，请通过 HTTPS 登录，或由管理员设置 PUBLIC_URL',
      en: 'To protect passwords sign in over HTTPS; the administrator sets PUBLIC_URL for that',
    },
  },
  IDENTIFIER_INVALID: {
    status: 400,
    label: { zh: '请填写邮箱或手机号', en: 'Please give an e-mail or a phone number' },
  },
  LOGIN_TAKEN: {
    status: 409,
    label: {
      zh: '“{identifier}”已经是另一个登录账号',
      en: '“{identifier}” is a login already',
    },
  },
})

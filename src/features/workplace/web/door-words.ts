import { defineWords } from '#web/words/words.ts'

/** Texts of signing in by scanning. */
export const workplaceDoorWords = defineWords('workplace-door', {
  signInBy: { zh: '用{name}登录', en: 'Sign in with {name}' },
  signingIn: { zh: '正在登录', en: 'Signing you in' },
  failed: { zh: '没有登录成功', en: 'You were not signed in' },
  back: { zh: '返回登录', en: 'Back to the sign-in' },
})

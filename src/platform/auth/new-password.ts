import type { FieldFault } from '#base/errors.ts'
import { passwordLength } from '#engine/contract/sign-in.ts'
import { commonPasswords } from './common-passwords.ts'
import { authErrors } from './errors.ts'

/** Throws PASSWORD_WEAK naming the field unless the password is long enough and not among the first to be guessed. */
export function requireGoodPassword(password: string, field: string, known: readonly (string | null)[] = []): void {
  const found = faultOf(password, field, known)
  if (found) throw authErrors.PASSWORD_WEAK({}, [found])
}

function faultOf(password: string, field: string, known: readonly (string | null)[]): FieldFault | undefined {
  if ([...password].length < passwordLength.least) {
    const label = { zh: '密码至少 {least} 个字符', en: 'A password has at least {least} characters' }
    return { field, code: 'too_short', label, params: { least: passwordLength.least } }
  }
  const plain = password.trim().toLowerCase()
  if (commonPasswords.has(plain)) {
    return { field, code: 'common', label: { zh: '这个密码太常见，容易被猜到', en: 'This password is too common' } }
  }
  if (known.some((word) => word !== null && word.toLowerCase() === plain)) {
    return {
      field,
      code: 'known',
      label: { zh: '密码不能是账号或姓名', en: 'The password may not be the name or login' },
    }
  }
  return undefined
}

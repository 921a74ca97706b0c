import type { FieldFault } from '#base/errors.ts'
import { passwordLength } from '#engine/contract/sign-in.ts'
import { isCommonPassword } from './common-passwords.ts'
import { authErrors } from './errors.ts'

interface PasswordRule {
  /** Characters that the company asks for. */
  readonly least?: number
  /** What a guesser knows of the person: name, e-mail, phone, company, the password before. */
  readonly known?: readonly (string | null)[]
}

/** Throws PASSWORD_WEAK naming the field unless the password is long enough and not among the first to be guessed. */
export async function requireGoodPassword(password: string, field: string, rule: PasswordRule = {}): Promise<void> {
  const found = await faultOf(password, field, rule)
  if (found) throw authErrors.PASSWORD_WEAK({}, [found])
}

async function faultOf(
  password: string,
  field: string,
  { least = passwordLength.least, known = [] }: PasswordRule,
): Promise<FieldFault | undefined> {
  if ([...password].length < least) {
    const label = { zh: '密码至少 {least} 个字符', en: 'A password has at least {least} characters' }
    return { field, code: 'too_short', label, params: { least } }
  }
  if (await isCommonPassword(password)) {
    return { field, code: 'common', label: { zh: '这个密码太常见，容易被猜到', en: 'This password is too common' } }
  }
  const plain = password.toLowerCase()
  if (wordsOf(known).some((word) => plain.includes(word))) {
    return {
      field,
      code: 'known',
      label: { zh: '密码不能包含姓名、账号或公司名', en: 'The password may not contain the name, login or company' },
    }
  }
  return undefined
}

/** Shorter ones are in too many good passwords; a Chinese name has two characters. */
function wordsOf(known: readonly (string | null)[]): readonly string[] {
  return known
    .flatMap((text) => (text === null ? [] : [text, text.split('@')[0] ?? '']))
    .map((text) => text.trim().toLowerCase())
    .filter((word) => word.length >= (/\p{Script=Han}/u.test(word) ? 2 : 4))
}

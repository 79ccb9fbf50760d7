import { text } from 'node:stream/consumers'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { passwordLength } from '#people/password.ts'

const enter = '\r'
const backspace = '\u007F'
const interrupt = '\u0003'

/**
 * The password that somebody gives: on standard input where that is asked for, else at the terminal,
 * where it is not shown; undefined where nobody is there or nothing was typed.
 *
 * @throws ReelmillError `invalid_request` when it is too short or too long, `cancelled`.
 */
export async function readPassword({
  passwordStdin,
}: {
  readonly passwordStdin?: true
}): Promise<string | undefined> {
  if (passwordStdin) return check((await text(process.stdin)).replace(/\r?\n$/, ''))
  if (!process.stdin.isTTY) return undefined
  const typed = await ask('Password (empty: one is made): ')
  return typed === '' ? undefined : check(typed)
}

function check(password: string): string {
  const { least, most } = passwordLength
  if (password.length >= least && password.length <= most) return password
  throw new ReelmillError('invalid_request', `A password has ${least} to ${most} characters.`)
}

/** What is typed at the terminal until Enter, unseen. */
async function ask(question: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(question)
  stdin.setRawMode(true).setEncoding('utf8')
  let typed = ''
  try {
    for await (const chunk of stdin) {
      for (const character of String(chunk)) {
        if (character === enter || character === '\n') return typed
        if (character === interrupt) throw new ReelmillError('cancelled')
        typed = character === backspace ? typed.slice(0, -1) : typed + character
      }
    }
    return typed
  } finally {
    stdin.setRawMode(false)
    stderr.write('\n')
  }
}

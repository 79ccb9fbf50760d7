/** How hard a password is to guess, as far as its looks tell. */
export interface Strength {
  /** 0 to 1. */
  readonly share: number
  readonly word: string
  readonly tone: 'bad' | 'warn' | 'good'
}

const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/]

/**
 * Judges a password by its length, by how many kinds of characters it has and by what repeats. It
 * knows no lists of bad passwords: it is advice, and only `least` characters are demanded.
 */
export function judgePassword(password: string, least: number): Strength {
  if (password.length < least) {
    return {
      share: (password.length / least) * 0.3,
      word: `At least ${least} characters`,
      tone: 'bad',
    }
  }
  const different = new Set(password.toLowerCase()).size
  const variety = kinds.filter((kind) => kind.test(password)).length
  const points = Math.min(password.length, different * 2) + variety * 2
  if (different < 5 || points < 16) return { share: 0.4, word: 'Easy to guess', tone: 'bad' }
  if (points < 21) return { share: 0.65, word: 'Fair: longer is better', tone: 'warn' }
  return { share: 1, word: 'Strong', tone: 'good' }
}

import { userInfo } from 'node:os'

/** Who works at this command line, for those who ask later; a container's user may have a number only. */
export function nameUser(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? ''}`
  }
}

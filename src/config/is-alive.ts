/** Whether a process of this number lives on this machine; another user's lives too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: there is one, and it belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

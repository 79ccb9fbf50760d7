/** What ffmpeg needs of the environment to be found, to load its libraries and to reach a GPU. */
const passed = ['PATH', 'LD_LIBRARY_PATH', 'LIBVA_DRIVER_NAME', 'TMPDIR'] as const

/**
 * The environment of a child process. This is not configuration: it is the one place that passes on
 * the process's own environment, and it passes on four names, so that keys and passwords of ours
 * never reach a program that reads strangers' files.
 */
export function childEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { AV_LOG_FORCE_NOCOLOR: '1', LC_ALL: 'C' }
  for (const name of passed) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  return environment
}

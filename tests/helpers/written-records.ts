/** What `write` sends to stdout, a record a line. */
export function writtenRecords(write: () => void): unknown[] {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    write();
  } finally {
    spy.mockRestore();
  }
  expect(lines.every((line) => line.endsWith('}\n'))).toBe(true);
  return lines.map((line): unknown => JSON.parse(line));
}

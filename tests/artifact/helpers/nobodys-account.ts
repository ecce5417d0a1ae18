/** Whoever runs the tests may have credentials and settings: a client of AWS gets none of them. */
export const nobodysAccount = (home: string) => ({
  PATH: process.env['PATH'],
  HOME: home,
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
  AWS_REGION: 'eu-central-1',
});

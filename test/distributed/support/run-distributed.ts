/** Imported before specs of `test/e2e`, it has them run against the services. */
process.env['TOLLGATE_TEST_SYSTEM'] = 'distributed';

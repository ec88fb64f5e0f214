//! A connection to the database that prepares a statement once.

use diesel::pg::{Pg, PgQueryBuilder};
use diesel::query_builder::{AsQuery, AstPass, Query, QueryBuilder, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel_async::{AsyncConnectionCore, AsyncPgConnection, SimpleAsyncConnection};

/// A connection that keeps the statements it has prepared. Diesel prepares every `UPDATE` anew, and
/// every `INSERT` with a value that may be left out: a round trip more for each, and a plan that is
/// thrown away. Their texts are few, so here they are kept by their texts.
pub struct Connection(AsyncPgConnection);

impl Connection {
    pub(crate) fn new(pg: AsyncPgConnection) -> Self {
        Self(pg)
    }
}

impl SimpleAsyncConnection for Connection {
    async fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        self.0.batch_execute(query).await
    }
}

impl SimpleAsyncConnection for &Connection {
    async fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        let mut pg = &self.0;
        pg.batch_execute(query).await
    }
}

type Of<'a> = &'a AsyncPgConnection;

impl AsyncConnectionCore for Connection {
    type ExecuteFuture<'conn, 'query> =
        <AsyncPgConnection as AsyncConnectionCore>::ExecuteFuture<'conn, 'query>;
    type LoadFuture<'conn, 'query> =
        <AsyncPgConnection as AsyncConnectionCore>::LoadFuture<'conn, 'query>;
    type Stream<'conn, 'query> = <AsyncPgConnection as AsyncConnectionCore>::Stream<'conn, 'query>;
    type Row<'conn, 'query> = <AsyncPgConnection as AsyncConnectionCore>::Row<'conn, 'query>;
    type Backend = Pg;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> Self::LoadFuture<'conn, 'query>
    where
        T: AsQuery + 'query,
        T::Query: QueryFragment<Pg> + QueryId + 'query,
    {
        self.0.load(Kept(source.as_query()))
    }

    fn execute_returning_count<'conn, 'query, T>(
        &'conn mut self,
        source: T,
    ) -> Self::ExecuteFuture<'conn, 'query>
    where
        T: QueryFragment<Pg> + QueryId + 'query,
    {
        self.0.execute_returning_count(Kept(source))
    }
}

/// For statements that are sent together.
impl<'a> AsyncConnectionCore for &'a Connection {
    type ExecuteFuture<'conn, 'query> =
        <Of<'a> as AsyncConnectionCore>::ExecuteFuture<'conn, 'query>;
    type LoadFuture<'conn, 'query> = <Of<'a> as AsyncConnectionCore>::LoadFuture<'conn, 'query>;
    type Stream<'conn, 'query> = <Of<'a> as AsyncConnectionCore>::Stream<'conn, 'query>;
    type Row<'conn, 'query> = <Of<'a> as AsyncConnectionCore>::Row<'conn, 'query>;
    type Backend = Pg;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> Self::LoadFuture<'conn, 'query>
    where
        T: AsQuery + 'query,
        T::Query: QueryFragment<Pg> + QueryId + 'query,
    {
        let mut pg = &self.0;
        Of::<'a>::load(&mut pg, Kept(source.as_query()))
    }

    fn execute_returning_count<'conn, 'query, T>(
        &'conn mut self,
        source: T,
    ) -> Self::ExecuteFuture<'conn, 'query>
    where
        T: QueryFragment<Pg> + QueryId + 'query,
    {
        let mut pg = &self.0;
        Of::<'a>::execute_returning_count(&mut pg, Kept(source))
    }
}

/// A statement that is kept once prepared.
pub struct Kept<T>(pub T);

impl<T: Query> Query for Kept<T> {
    type SqlType = T::SqlType;
}

impl<T: QueryId> QueryId for Kept<T> {
    type QueryId = T::QueryId;
    const HAS_STATIC_QUERY_ID: bool = T::HAS_STATIC_QUERY_ID;
}

impl<T: QueryFragment<Pg>> QueryFragment<Pg> for Kept<T> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, backend: &Pg) -> QueryResult<bool> {
        if self.0.is_safe_to_cache_prepared(backend)? {
            return Ok(true);
        }
        let mut sql = PgQueryBuilder::default();
        self.0.to_sql(&mut sql, backend)?;
        Ok(has_few_texts(&sql.finish()))
    }
}

/// A change, and not of a number of rows that differs from time to time. What else diesel does not
/// keep is written by hand and may hold a value in its text.
fn has_few_texts(sql: &str) -> bool {
    let changes = sql.starts_with("UPDATE ") || sql.starts_with("INSERT ");
    changes && !sql.contains("), (")
}

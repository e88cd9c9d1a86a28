//! The store and the handle of one tenant.

use std::marker::PhantomData;
use std::sync::Arc;

use aws::{Aws, PerTenant};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Builder;
use domain::Clock;
use domain::ids::TenantId;
use domain::role::DataScope;
use tenancy::{Reads, RoleType, TenantScope, Works, Writes};

use crate::guard::KeyGuard;
use crate::item::Found;
use crate::keys::LocalKey;
use crate::read::{Access, ReadMany};
use crate::{DueDb, RoutingDb, Row, StoreError, Table, TableNames, Transaction};

const CLIENTS: usize = 256;

/// The entrance to all rows. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    aws: Aws,
    names: Arc<TableNames>,
    clock: Arc<dyn Clock>,
    own: Client,
    clients: PerTenant<Client>,
}

impl Store {
    /// Uses the given tables. Makes no call.
    pub fn new(aws: Aws, names: TableNames, clock: Arc<dyn Clock>) -> Self {
        let own = Client::from_conf(
            Builder::from(aws.own())
                .interceptor(KeyGuard::own())
                .build(),
        );
        Self(Arc::new(Inner {
            aws,
            names: Arc::new(names),
            clock,
            own,
            clients: PerTenant::new(CLIENTS),
        }))
    }

    /// The handle of one tenant, under that tenant's session.
    ///
    /// # Errors
    /// When the function has no tenant sessions.
    pub fn within<R: RoleType>(&self, scope: &TenantScope<R>) -> Result<TenantDb<R>, StoreError> {
        let tenant = scope.tenant();
        let client = self.0.clients.get_or_build(tenant, || {
            let config = self.0.aws.tenant(scope)?;
            Ok::<_, StoreError>(Client::from_conf(
                Builder::from(&config)
                    .interceptor(KeyGuard::tenant(tenant))
                    .build(),
            ))
        })?;
        Ok(TenantDb {
            access: self.access(client, Some(tenant), scope.data().clone()),
            role: PhantomData,
        })
    }

    /// Rows that must be found before a tenant is known, under the function's own session.
    pub fn routing(&self) -> RoutingDb {
        RoutingDb(self.access(self.0.own.clone(), None, DataScope::AllBots))
    }

    /// The due index, under the function's own session. Only `tick`'s role may read it.
    pub fn due(&self) -> DueDb {
        DueDb(self.access(self.0.own.clone(), None, DataScope::AllBots))
    }

    fn access(&self, client: Client, tenant: Option<TenantId>, data: DataScope) -> Access {
        Access {
            client,
            names: self.0.names.clone(),
            tenant,
            data,
            clock: self.0.clock.clone(),
        }
    }
}

/// The direction of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Ascending sort keys.
    Forward,
    /// Descending sort keys.
    Backward,
}

/// One page of a query: at most `limit` rows with sort keys in `from..=to`.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// Partition key, without the tenant prefix.
    pub pk: &'a str,
    /// Inclusive lower bound of the sort key.
    pub from: &'a str,
    /// Inclusive upper bound of the sort key.
    pub to: &'a str,
    /// Which end first.
    pub direction: Direction,
    /// At most so many rows.
    pub limit: usize,
}

/// One tenant's rows.
///
/// A reader's handle has no way to write:
/// ```compile_fail
/// fn call(db: &store::TenantDb<tenancy::Reader>) { let _ = db.transaction(); }
/// ```
/// ```
/// fn call(db: &store::TenantDb<tenancy::Chatter>) { let _ = db.transaction(); }
/// ```
/// No method takes a tenant:
/// ```compile_fail
/// fn call(store: &store::Store, id: domain::ids::TenantId) { let _ = store.within(&id); }
/// ```
/// ```
/// fn call(store: &store::Store, id: &tenancy::TenantScope<tenancy::Reader>) { let _ = store.within(id); }
/// ```
pub struct TenantDb<R: RoleType> {
    access: Access,
    role: PhantomData<R>,
}

impl<R: RoleType> TenantDb<R> {
    pub(crate) const fn access(&self) -> &Access {
        &self.access
    }
}

impl<R: Reads> TenantDb<R> {
    /// One row, read consistently. Expired rows are not there.
    ///
    /// # Errors
    /// When the database does not answer or the row has another form.
    pub async fn find<T: Row>(&self, key: &LocalKey) -> Result<Option<Found<T>>, StoreError> {
        self.access.find(key).await
    }

    /// Several rows of several tables in one round trip.
    pub fn read_many(&self) -> ReadMany<'_> {
        ReadMany::new(&self.access)
    }

    /// One page of a partition, read consistently.
    ///
    /// # Errors
    /// When the database does not answer or a row has another form.
    pub async fn list<T: Row>(&self, page: &Page<'_>) -> Result<Vec<Found<T>>, StoreError> {
        self.access.list(page, None).await
    }

    /// One page of a list index. Eventually consistent.
    ///
    /// # Errors
    /// When the database does not answer or a row has another form.
    pub async fn list_index<T: Row>(&self, page: &Page<'_>) -> Result<Vec<Found<T>>, StoreError> {
        self.access.list(page, Some("lists")).await
    }
}

/// A row of any kind: where it is and what it is, without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// Its table.
    pub table: Table,
    /// Its key.
    pub key: LocalKey,
    /// Its kind, as the registry names it.
    pub kind: String,
}

/// What was looked for in a stretch of a partition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TracedPage {
    /// What was found there.
    pub rows: Vec<Traced>,
    /// The sort key behind which the partition goes on; nothing at its end.
    pub next: Option<String>,
}

impl<R: Works> TenantDb<R> {
    /// At most `limit` rows of a partition, whatever their kinds, expired ones too: for who deletes them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn trace(
        &self,
        table: Table,
        pk: &str,
        limit: usize,
    ) -> Result<Vec<Traced>, StoreError> {
        self.access.trace(table, pk, limit).await
    }

    /// The same of those among the next `page` rows of a partition whose attribute of this name is one of these ids.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn mentions(
        &self,
        of: (Table, &str),
        only: (&str, &[String]),
        after: Option<&str>,
        page: usize,
    ) -> Result<TracedPage, StoreError> {
        self.access.mentions(of, only, after, page).await
    }
}

impl<R: Writes> TenantDb<R> {
    /// Starts a transaction: all of it or nothing.
    pub fn transaction(&self) -> Transaction<'_> {
        Transaction::new(&self.access)
    }
}

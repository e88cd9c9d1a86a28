//! The second isolation layer for keys: a call whose encryption context leaves the scope never reaches the network.

use aws_sdk_kms::operation::decrypt::DecryptInput;
use aws_sdk_kms::operation::encrypt::EncryptInput;
use aws_sdk_kms::operation::generate_data_key::GenerateDataKeyInput;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_types::config_bag::ConfigBag;

/// Lets a call pass only when its encryption context names this owner.
#[derive(Debug)]
pub(crate) struct ContextGuard {
    pub(crate) owner: String,
}

impl Intercept for ContextGuard {
    fn name(&self) -> &'static str {
        "ContextGuard"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input();
        let encryption_context = if let Some(input) = input.downcast_ref::<EncryptInput>() {
            input.encryption_context()
        } else if let Some(input) = input.downcast_ref::<DecryptInput>() {
            input.encryption_context()
        } else if let Some(input) = input.downcast_ref::<GenerateDataKeyInput>() {
            input.encryption_context()
        } else {
            return Err("this key operation is not one of ours".into());
        };
        let tenant = encryption_context.and_then(|pairs| pairs.get("tenant"));
        if tenant.is_some_and(|tenant| *tenant == self.owner) {
            Ok(())
        } else {
            Err("the encryption context leaves the scope".into())
        }
    }
}
